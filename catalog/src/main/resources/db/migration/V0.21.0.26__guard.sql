-- A stream table is written by refreshes only. A statement trigger refuses everybody else; it lets pass the sessions that know the key: sessions of
-- the service set freshet.refreshing to it once. The trigger is given its hash only, so whoever reads the catalogs cannot write, and
-- nobody does so by accident. The test is in the function and not in a WHEN clause, which PostgreSQL would read from its text and
-- compile at each statement; so it costs 3 µs of CPU.

CREATE TABLE freshet.write_key (
    only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    key      text NOT NULL
);
COMMENT ON TABLE freshet.write_key IS 'What a session must know to write into stream tables. Readable by the service only.';
REVOKE ALL ON freshet.write_key FROM PUBLIC;
INSERT INTO freshet.write_key (key) VALUES (gen_random_uuid()::text || gen_random_uuid()::text);

-- For the service's sessions, once after connecting (or with local, for one transaction).
CREATE FUNCTION freshet.allow_writes(local boolean DEFAULT false) RETURNS void
LANGUAGE sql VOLATILE
BEGIN ATOMIC
    SELECT set_config('freshet.refreshing', k.key, local) FROM freshet.write_key k;
END;
COMMENT ON FUNCTION freshet.allow_writes(boolean) IS 'Lets this session write into stream tables. For the service.';
REVOKE ALL ON FUNCTION freshet.allow_writes(boolean) FROM PUBLIC;

CREATE FUNCTION freshet.refuse_write() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to(coalesce(pg_catalog.current_setting('freshet.refreshing', true), ''), 'UTF8')), 'hex')
       OPERATOR(pg_catalog.=) TG_ARGV[0] THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION '%.% is a stream table: only its refreshes write to it', pg_catalog.quote_ident(TG_TABLE_SCHEMA), pg_catalog.quote_ident(TG_TABLE_NAME)
        USING ERRCODE = '55000', HINT = pg_catalog.format('Change the tables that its query reads, or the query with freshet.alter_stream_table(); SELECT freshet.drop_stream_table(%L) ends it.',
                                                          pg_catalog.format('%I.%I', TG_TABLE_SCHEMA, TG_TABLE_NAME));
END $$;
REVOKE ALL ON FUNCTION freshet.refuse_write() FROM PUBLIC;

CREATE FUNCTION freshet.guard(relation oid) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    EXECUTE format('CREATE TRIGGER freshet_guard BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON %s FOR EACH STATEMENT EXECUTE FUNCTION freshet.refuse_write(%L)',
                   relation::regclass, (SELECT encode(sha256(convert_to(key, 'UTF8')), 'hex') FROM freshet.write_key));
    -- Also while session_replication_role is replica.
    EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER freshet_guard', relation::regclass);
END $$;
REVOKE ALL ON FUNCTION freshet.guard(oid) FROM PUBLIC;
