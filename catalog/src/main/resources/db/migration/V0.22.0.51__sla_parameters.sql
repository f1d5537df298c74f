-- The commands that make and alter stream tables, with an SLA. A parameter more is another function: the old ones go.

DROP FUNCTION freshet.create_stream_table(text, text, text, text, text, boolean, text, text, boolean);
DROP FUNCTION freshet.create_stream_table_if_not_exists(text, text, text, text, text, boolean, text, text, boolean);
DROP FUNCTION freshet.create_or_replace_stream_table(text, text, text, text, text, boolean, text, text, boolean);
DROP FUNCTION freshet.alter_stream_table(text, text, text, text, text, text, text);

-- What is said of SLA and tier when a stream table is made, or altered; NULL: nothing.
CREATE FUNCTION freshet.objective_of(sla interval, tier text) RETURNS jsonb
LANGUAGE sql IMMUTABLE
RETURN nullif(pg_catalog.jsonb_strip_nulls(pg_catalog.jsonb_build_object(
    'freshness_deadline_ms', freshet.sla_ms(sla),
    'tier_by_hand', CASE WHEN tier IS NOT NULL THEN freshet.tier_by_hand(tier) IS NOT NULL END)), '{}');

CREATE FUNCTION freshet.create_stream_table(
    name text, query text, schedule text DEFAULT 'calculated', refresh_mode text DEFAULT 'AUTO', sla interval DEFAULT NULL,
    tier text DEFAULT NULL, initialize boolean DEFAULT true, cdc_mode text DEFAULT NULL, diamond_consistency text DEFAULT NULL,
    append_only boolean DEFAULT false)
RETURNS regclass
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    objective pg_catalog.jsonb := freshet.objective_of(sla, tier);
    relation pg_catalog.regclass;
BEGIN
    relation := freshet.create_for_caller(name, query, freshet.options_of(schedule, refresh_mode, freshet.tier_by_hand(tier), initialize,
                                                                          cdc_mode, diamond_consistency, append_only));
    IF objective IS NOT NULL THEN
        PERFORM freshet.set_sla_core(freshet.leave_ticket(), freshet.name_of(relation), freshet.caller_path(), objective);
    END IF;
    RETURN relation;
END $$;
COMMENT ON FUNCTION freshet.create_stream_table IS 'Creates a table that follows the result of a query. It is filled by the service after the commit.';

CREATE FUNCTION freshet.create_stream_table_if_not_exists(
    name text, query text, schedule text DEFAULT 'calculated', refresh_mode text DEFAULT 'AUTO', sla interval DEFAULT NULL,
    tier text DEFAULT NULL, initialize boolean DEFAULT true, cdc_mode text DEFAULT NULL, diamond_consistency text DEFAULT NULL,
    append_only boolean DEFAULT false)
RETURNS regclass
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    existing pg_catalog.oid := freshet.existing_stream_table(name, freshet.caller_path());
BEGIN
    IF existing IS NOT NULL THEN
        RAISE NOTICE 'stream table % already exists, skipping', name;
        RETURN existing;
    END IF;
    RETURN freshet.create_stream_table(name, query, schedule, refresh_mode, sla, tier, initialize, cdc_mode, diamond_consistency, append_only);
EXCEPTION WHEN duplicate_table THEN
    -- Another session was faster; or the name is that of something else.
    existing := freshet.existing_stream_table(name, freshet.caller_path());
    IF existing IS NULL THEN
        RAISE;
    END IF;
    RETURN existing;
END $$;
COMMENT ON FUNCTION freshet.create_stream_table_if_not_exists IS 'Creates a stream table unless there is one of that name, whatever its definition.';

CREATE FUNCTION freshet.create_or_replace_stream_table(
    name text, query text, schedule text DEFAULT 'calculated', refresh_mode text DEFAULT 'AUTO', sla interval DEFAULT NULL,
    tier text DEFAULT NULL, initialize boolean DEFAULT true, cdc_mode text DEFAULT NULL, diamond_consistency text DEFAULT NULL,
    append_only boolean DEFAULT false)
RETURNS regclass
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    by_hand pg_catalog.text := freshet.tier_by_hand(tier);
    options pg_catalog.jsonb := freshet.options_of(schedule, refresh_mode, by_hand, initialize, cdc_mode, diamond_consistency, append_only);
    deadline pg_catalog.int8 := freshet.sla_ms(sla);
    defaults pg_catalog.jsonb := freshet.default_options();
    relation pg_catalog.oid;
BEGIN
    IF freshet.existing_stream_table(name, freshet.caller_path()) IS NULL THEN
        RETURN freshet.create_stream_table(name, query, schedule, refresh_mode, sla, tier, initialize, cdc_mode, diamond_consistency, append_only);
    ELSIF query IS NULL THEN
        RAISE EXCEPTION 'the query is missing' USING ERRCODE = '22023', HINT = 'freshet.alter_stream_table() changes options without one.';
    END IF;
    -- A tier that follows from an SLA is set below, not taken back first.
    IF deadline IS NOT NULL AND by_hand IS NULL THEN
        defaults := defaults OPERATOR(pg_catalog.-) 'tier';
    END IF;
    -- An unchanged definition stays as it is, also when this session has other settings (time zone, ...) than the one that made it.
    relation := freshet.alter_for_caller(name, query,
        defaults OPERATOR(pg_catalog.||) pg_catalog.jsonb_strip_nulls(options) OPERATOR(pg_catalog.||) pg_catalog.jsonb_build_object('keep_settings', true));
    PERFORM freshet.set_sla_core(freshet.leave_ticket(), freshet.name_of(relation), freshet.caller_path(),
        pg_catalog.jsonb_build_object('freshness_deadline_ms', deadline, 'tier_by_hand', by_hand IS NOT NULL));
    RETURN relation;
END $$;
COMMENT ON FUNCTION freshet.create_or_replace_stream_table IS 'Creates a stream table, or gives the existing one this definition; does nothing if it has it already.';

CREATE FUNCTION freshet.alter_stream_table(
    name text, query text DEFAULT NULL, schedule text DEFAULT NULL, refresh_mode text DEFAULT NULL, sla interval DEFAULT NULL,
    tier text DEFAULT NULL, cdc_mode text DEFAULT NULL, diamond_consistency text DEFAULT NULL)
RETURNS void
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    objective pg_catalog.jsonb := freshet.objective_of(sla, tier);
    relation pg_catalog.oid;
BEGIN
    relation := freshet.alter_for_caller(name, query, freshet.options_of(schedule, refresh_mode, freshet.tier_by_hand(tier), NULL, cdc_mode,
                                                                         diamond_consistency, NULL));
    -- Another schedule may want another tier.
    IF objective IS NOT NULL OR schedule IS NOT NULL THEN
        PERFORM freshet.set_sla_core(freshet.leave_ticket(), freshet.name_of(relation), freshet.caller_path(), coalesce(objective, '{}'));
    END IF;
END $$;
COMMENT ON FUNCTION freshet.alter_stream_table IS 'Changes the query or options of a stream table; what is NULL stays as it is.';
