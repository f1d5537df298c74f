-- Schedules: a duration, a cron expression, or 'calculated'. Checked here, when they are written; the scheduler reads the same text.

-- One field of a cron expression as the sorted list of values it stands for; NULL if it is not one.
CREATE FUNCTION freshet.cron_field(field text, lowest int, highest int, names text[]) RETURNS int[]
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    item text;
    found text[];
    step int;
    first int;
    last int;
    result int[] := '{}';
BEGIN
    FOREACH item IN ARRAY string_to_array(lower(field), ',') LOOP
        found := regexp_match(item, E'^(?:(\\*)|([a-z]{3}|\\d{1,2})(?:-([a-z]{3}|\\d{1,2}))?)(?:/(\\d{1,2}))?$');
        IF found IS NULL OR (found[4] IS NOT NULL AND found[1] IS NULL AND found[3] IS NULL) THEN
            RETURN NULL;
        END IF;
        first := CASE WHEN found[1] IS NOT NULL THEN lowest WHEN found[2] ~ E'^\\d' THEN found[2]::int ELSE array_position(names, found[2]) - 1 + lowest END;
        last := CASE WHEN found[1] IS NOT NULL THEN highest WHEN found[3] IS NULL THEN first
                     WHEN found[3] ~ E'^\\d' THEN found[3]::int ELSE array_position(names, found[3]) - 1 + lowest END;
        step := coalesce(found[4]::int, 1);
        IF first IS NULL OR last IS NULL OR first < lowest OR last > highest OR first > last OR step < 1 THEN
            RETURN NULL;
        END IF;
        result := result || ARRAY(SELECT generate_series(first, last, step));
    END LOOP;
    RETURN ARRAY(SELECT DISTINCT v FROM unnest(result) v ORDER BY v);
END $$;
COMMENT ON FUNCTION freshet.cron_field(text, int, int, text[]) IS 'Values that a field of a cron expression stands for; NULL if it is not one.';

CREATE FUNCTION freshet.duration_ms(schedule text) RETURNS numeric
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp
RETURN (SELECT coalesce(part[1]::numeric, 0) * 86400000 + coalesce(part[2]::numeric, 0) * 3600000 + coalesce(part[3]::numeric, 0) * 60000
             + coalesce(part[4]::numeric, 0) * 1000 + coalesce(part[5]::numeric, 0)
          FROM regexp_match(schedule, E'^(?:(\\d+)d)?(?:(\\d+)h)?(?:(\\d+)m(?!s))?(?:(\\d+)s)?(?:(\\d+)ms)?$') part
         WHERE schedule <> '' AND part IS NOT NULL);
COMMENT ON FUNCTION freshet.duration_ms(text) IS 'Milliseconds of a duration such as 1h30m; NULL if the text is not one.';

-- NULL if the five fields are a cron expression, else what is wrong with them.
CREATE FUNCTION freshet.cron_mistake(schedule text) RETURNS text
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    fields text[] := regexp_split_to_array(schedule, E'\\s+');
    months int[];
    days int[];
BEGIN
    IF freshet.cron_field(fields[1], 0, 59, NULL) IS NULL THEN
        RETURN format('the minute "%s" is not within 0-59', fields[1]);
    ELSIF freshet.cron_field(fields[2], 0, 23, NULL) IS NULL THEN
        RETURN format('the hour "%s" is not within 0-23', fields[2]);
    END IF;
    days := freshet.cron_field(fields[3], 1, 31, NULL);
    months := freshet.cron_field(fields[4], 1, 12, '{jan,feb,mar,apr,may,jun,jul,aug,sep,oct,nov,dec}');
    IF days IS NULL THEN
        RETURN format('the day of the month "%s" is not within 1-31', fields[3]);
    ELSIF months IS NULL THEN
        RETURN format('the month "%s" is not within 1-12 or jan-dec', fields[4]);
    ELSIF freshet.cron_field(fields[5], 0, 7, '{sun,mon,tue,wed,thu,fri,sat}') IS NULL THEN
        RETURN format('the day of the week "%s" is not within 0-7 or sun-sat', fields[5]);
    END IF;
    -- A restricted day of the week fires beside the day of the month, so only '*' can leave it without a day.
    IF fields[5] LIKE '*%' AND days[1] > (SELECT max(('{31,29,31,30,31,30,31,31,30,31,30,31}'::int[])[m]) FROM unnest(months) m) THEN
        RETURN 'it names a day that none of its months has, and would never fire';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION freshet.check_schedule(schedule text) RETURNS text
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    trimmed text := btrim(schedule);
    ms numeric := freshet.duration_ms(trimmed);
    mistake text;
    examples CONSTANT text := 'Write a duration (''100ms'', ''30s'', ''5m'', ''1h30m'', ''1d''), a cron expression of five fields (''*/5 * * * *'', ''0 6 * * mon-fri''), @hourly, @daily, @weekly, @monthly or @yearly, or ''calculated''.';
BEGIN
    IF lower(trimmed) = 'calculated' OR lower(trimmed) IN ('@hourly', '@daily', '@midnight', '@weekly', '@monthly', '@yearly', '@annually') THEN
        RETURN lower(trimmed);
    ELSIF ms < 100 THEN
        mistake := 'it is shorter than 100ms, the shortest that a schedule can be';
    ELSIF ms > 366 * 86400000::numeric THEN
        mistake := 'it is longer than 366 days';
    ELSIF ms IS NOT NULL THEN
        RETURN trimmed;
    ELSIF trimmed ~ E'^\\S+(\\s+\\S+){4}$' THEN
        mistake := freshet.cron_mistake(trimmed);
        IF mistake IS NULL THEN
            RETURN regexp_replace(trimmed, E'\\s+', ' ', 'g');
        END IF;
    ELSE
        mistake := 'it is neither a duration nor a cron expression';
    END IF;
    RAISE EXCEPTION 'invalid schedule "%": %', schedule, mistake USING ERRCODE = '22023', HINT = examples;
END $$;
COMMENT ON FUNCTION freshet.check_schedule(text) IS 'The schedule as it is stored; raises 22023 if it is none.';
