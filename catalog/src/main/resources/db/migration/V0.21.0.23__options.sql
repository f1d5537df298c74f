-- The options of a stream table, checked and brought into the form that is stored. Takes and gives back only the keys that are set: NULL means
-- "the default" when a stream table is made and "leave it" when it is altered.

CREATE FUNCTION freshet.check_choice(option text, value text, choices text[], hint text) RETURNS text
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    choice text;
BEGIN
    FOREACH choice IN ARRAY choices LOOP
        IF lower(choice) = lower(btrim(value)) THEN
            RETURN choice;
        END IF;
    END LOOP;
    RAISE EXCEPTION 'invalid % "%"', option, value USING ERRCODE = '22023', HINT = hint;
END $$;

CREATE FUNCTION freshet.check_refresh_mode(value text) RETURNS text
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF upper(btrim(value)) = 'IMMEDIATE' THEN
        RAISE EXCEPTION 'refresh_mode IMMEDIATE is not in this release'
            USING ERRCODE = '0A000', HINT = 'Use AUTO with a short schedule, for example schedule => ''100ms''; to read your own writes, CALL freshet.wait_for_xid() after the commit.';
    END IF;
    RETURN freshet.check_choice('refresh_mode', value, '{AUTO,DIFFERENTIAL,FULL}', 'Write AUTO, DIFFERENTIAL or FULL.');
END $$;

CREATE FUNCTION freshet.check_cdc_mode(value text) RETURNS text
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF lower(btrim(value)) = 'wal' THEN
        RAISE EXCEPTION 'cdc_mode wal is not in this release'
            USING ERRCODE = '0A000', HINT = 'Use auto or trigger: capture by triggers works with any wal_level.';
    END IF;
    RETURN freshet.check_choice('cdc_mode', value, '{auto,trigger}', 'Write auto or trigger.');
END $$;

CREATE FUNCTION freshet.check_options(given jsonb) RETURNS jsonb
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    result jsonb := '{}';
BEGIN
    IF given ->> 'schedule' IS NOT NULL THEN
        result := result || jsonb_build_object('schedule', freshet.check_schedule(given ->> 'schedule'));
    END IF;
    IF given ->> 'refresh_mode' IS NOT NULL THEN
        result := result || jsonb_build_object('refresh_mode', freshet.check_refresh_mode(given ->> 'refresh_mode'));
    END IF;
    IF given ->> 'tier' IS NOT NULL THEN
        result := result || jsonb_build_object('tier',
            freshet.check_choice('tier', given ->> 'tier', '{hot,warm,cold,frozen}', 'Write hot, warm, cold or frozen.'));
    END IF;
    IF given ->> 'cdc_mode' IS NOT NULL THEN
        result := result || jsonb_build_object('cdc_mode', freshet.check_cdc_mode(given ->> 'cdc_mode'));
    END IF;
    IF given ->> 'diamond_consistency' IS NOT NULL THEN
        result := result || jsonb_build_object('diamond_consistency',
            freshet.check_choice('diamond_consistency', given ->> 'diamond_consistency', '{none,atomic}', 'Write none or atomic.'));
    END IF;
    IF given ->> 'initialize' IS NOT NULL THEN
        result := result || jsonb_build_object('initialize', (given ->> 'initialize')::boolean);
    END IF;
    IF given ->> 'append_only' IS NOT NULL THEN
        result := result || jsonb_build_object('append_only', (given ->> 'append_only')::boolean);
    END IF;
    RETURN result;
END $$;
COMMENT ON FUNCTION freshet.check_options(jsonb) IS 'The options that are set, as they are stored; raises what is wrong with them.';

CREATE FUNCTION freshet.default_options() RETURNS jsonb
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp
RETURN '{"schedule": "calculated", "refresh_mode": "AUTO", "tier": "hot", "cdc_mode": "auto", "diamond_consistency": "none", "initialize": true, "append_only": false}'::jsonb;

-- The session's settings that a query's result can depend on. Evaluated as the caller and under the caller's settings, therefore without SET.
CREATE FUNCTION freshet.session_settings() RETURNS jsonb
LANGUAGE sql STABLE
RETURN pg_catalog.jsonb_build_object(
    'TimeZone', pg_catalog.current_setting('TimeZone'), 'DateStyle', pg_catalog.current_setting('DateStyle'),
    'IntervalStyle', pg_catalog.current_setting('IntervalStyle'), 'lc_monetary', pg_catalog.current_setting('lc_monetary'),
    'lc_numeric', pg_catalog.current_setting('lc_numeric'), 'lc_time', pg_catalog.current_setting('lc_time'),
    'bytea_output', pg_catalog.current_setting('bytea_output'), 'xmloption', pg_catalog.current_setting('xmloption'),
    'xmlbinary', pg_catalog.current_setting('xmlbinary'), 'extra_float_digits', pg_catalog.current_setting('extra_float_digits'),
    'default_text_search_config', pg_catalog.current_setting('default_text_search_config'),
    -- The path as it is resolved now, so that "$user" means the creator and not the service.
    'search_path', (SELECT coalesce(pg_catalog.string_agg(pg_catalog.quote_ident(s.s), ', ' ORDER BY s.n), '""')
                      FROM pg_catalog.unnest(pg_catalog.current_schemas(false)) WITH ORDINALITY AS s (s, n)));
COMMENT ON FUNCTION freshet.session_settings() IS 'Settings recorded with a definition, and set again for every refresh and comparison.';

-- Only these are ever set by the service: what else a caller may have slipped in is left out.
CREATE FUNCTION freshet.known_settings(given jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp
RETURN (SELECT coalesce(jsonb_object_agg(s.key, s.value), '{}')
          FROM jsonb_each_text(given) s
         WHERE s.key = ANY ('{TimeZone,DateStyle,IntervalStyle,lc_monetary,lc_numeric,lc_time,bytea_output,xmloption,xmlbinary,extra_float_digits,default_text_search_config,search_path}'));
