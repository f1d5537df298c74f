-- Code that comes into a query after it was checked, by a view that is replaced. It would run with the rights of the service.

-- Whether a query, as it has become by now, may be prepared: a replaced view causes a preparation.
CREATE FUNCTION freshet.require_permitted(id bigint) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM freshet.require_unhidden(id);
    PERFORM freshet.check_code(d.view_relid, coalesce(to_regrole(quote_ident(d.owner))::oid, freshet.service_role()))
       FROM freshet.definition AS d WHERE d.pgt_id = id;
END $$;
COMMENT ON FUNCTION freshet.require_permitted(bigint) IS 'Fails where the query of a stream table now reads rows, or runs code, that it may not.';
REVOKE ALL ON FUNCTION freshet.require_permitted(bigint) FROM PUBLIC;
