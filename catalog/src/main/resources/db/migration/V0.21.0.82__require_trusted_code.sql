-- A refresh writes as the service, and triggers, checks and index expressions on the stream table run with it: what its owner put there must not get
-- the service's rights.
CREATE FUNCTION freshet.require_trusted_code(relation oid) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    untrusted text := freshet.untrusted_code_on(relation);
BEGIN
    IF untrusted IS NOT NULL THEN
        RAISE EXCEPTION 'on stream table %, % and would run with the rights of the service', relation::regclass, untrusted
            USING ERRCODE = '42501', HINT = 'Drop it, or give the function to the service''s role.';
    END IF;
END $$;
COMMENT ON FUNCTION freshet.require_trusted_code(oid) IS 'Fails where something on a stream table would run with the rights of the service, and must not.';
REVOKE ALL ON FUNCTION freshet.require_trusted_code(oid) FROM PUBLIC;
