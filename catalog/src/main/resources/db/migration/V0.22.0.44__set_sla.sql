-- Setting an objective, and choosing the tier that holds it.

CREATE FUNCTION freshet.sla_ms(sla interval) RETURNS bigint
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    ms numeric;
    mistake text;
BEGIN
    IF sla IS NULL THEN
        RETURN NULL;
    ELSIF NOT isfinite(sla) THEN
        mistake := 'it is not finite';
    ELSE
        ms := extract(epoch FROM sla) * 1000;
        mistake := CASE WHEN ms <= 0 THEN 'it is not positive'
                        WHEN ms < 100 THEN 'it is shorter than 100ms, the shortest that a schedule can be'
                        WHEN ms > 366 * 86400000::numeric THEN 'it is longer than 366 days' END;
    END IF;
    IF mistake IS NOT NULL THEN
        RAISE EXCEPTION 'invalid sla "%": %', sla, mistake
            USING ERRCODE = '22023', HINT = 'Write how old the content may be, for example ''30 seconds'' or ''5 minutes''; NULL is no SLA.';
    END IF;
    RETURN round(ms);
END $$;
COMMENT ON FUNCTION freshet.sla_ms(interval) IS 'An SLA as it is stored; raises 22023 if it is none.';

-- NULL, and auto, leave it to the service.
CREATE FUNCTION freshet.tier_by_hand(tier text) RETURNS text
LANGUAGE sql IMMUTABLE
RETURN CASE WHEN tier IS NOT NULL THEN nullif(
    freshet.check_choice('tier', tier, '{hot,warm,cold,frozen,auto}', 'Write hot, warm, cold or frozen; with auto it follows from the SLA.'), 'auto') END;

-- The coldest tier that holds the objective; none: hot, which comes nearest. gap_ms is NULL where a cron expression says
-- how old the content gets.
CREATE FUNCTION freshet.choose_tier(id bigint, deadline_ms bigint, OUT tier text, OUT gap_ms double precision,
    OUT wait_ms double precision, OUT duration_ms double precision)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    period interval := freshet.schedule_interval(id);
BEGIN
    wait_ms := freshet.expected_wait_ms();
    duration_ms := freshet.p95_duration_ms(id);
    SELECT g.tier, g.gap_ms INTO tier, gap_ms
      FROM freshet.dispatch_gaps(period, wait_ms, duration_ms) AS g
     ORDER BY g.gap_ms <= deadline_ms DESC NULLS LAST,
              CASE WHEN g.gap_ms <= deadline_ms THEN -g.multiplier ELSE g.multiplier END
     LIMIT 1;
END $$;

CREATE FUNCTION freshet.set_sla_core(ticket bigint, name text, path text[], changes jsonb) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    role oid := freshet.take_ticket(ticket);
    id bigint := freshet.find_stream_table(name, path);
    was record;
    objective record;
    chosen record;
    figures jsonb;
BEGIN
    PERFORM freshet.require_owner(id, role);
    SELECT d.tier, o.freshness_deadline_ms AS deadline, coalesce(o.tier_by_hand, d.tier <> 'hot') AS by_hand, o.pgt_id IS NOT NULL AS known
      INTO was FROM freshet.definition AS d LEFT JOIN freshet.objective AS o USING (pgt_id) WHERE d.pgt_id = id FOR UPDATE OF d;
    SELECT CASE WHEN changes ? 'freshness_deadline_ms' THEN (changes ->> 'freshness_deadline_ms')::bigint ELSE was.deadline END AS deadline,
           coalesce((changes ->> 'tier_by_hand')::boolean, was.by_hand) AS by_hand INTO objective;
    chosen := freshet.choose_tier(id, freshet.objective_ms(id, objective.deadline));
    IF objective.by_hand THEN
        chosen.tier := was.tier;
        chosen.gap_ms := (SELECT g.gap_ms FROM freshet.dispatch_gaps(freshet.schedule_interval(id), chosen.wait_ms, chosen.duration_ms) AS g
                           WHERE g.tier = was.tier);
    ELSIF objective.deadline IS NULL THEN
        chosen.tier := 'hot';
    END IF;
    -- Without an SLA the tier is whatever was chosen, and nothing of this is kept.
    IF objective.deadline IS NULL AND NOT was.known
       OR (objective.deadline, objective.by_hand, chosen.tier) IS NOT DISTINCT FROM (was.deadline, was.by_hand, was.tier) THEN
        RETURN;
    END IF;
    PERFORM freshet.interrupt(id);
    figures := jsonb_strip_nulls(jsonb_build_object('tier', chosen.tier, 'gap_ms', chosen.gap_ms, 'wait_ms', chosen.wait_ms,
                                                    'duration_ms', chosen.duration_ms, 'freshness_deadline_ms', objective.deadline));
    PERFORM freshet.append('sla:' || id, 'SlaSet', figures || jsonb_build_object('tier_by_hand', objective.by_hand));
    PERFORM pg_notify('freshet_event', '');
    -- What was measured under another objective says nothing of this one.
    DELETE FROM freshet.freshness AS f WHERE f.pgt_id = id;
    IF objective.deadline IS NOT NULL THEN
        PERFORM freshet.say_whether_feasible(id, figures);
    END IF;
END $$;

CREATE FUNCTION freshet.say_whether_feasible(id bigint, figures jsonb) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    sla constant interval := (figures ->> 'freshness_deadline_ms')::double precision * interval '1 millisecond';
    gap constant interval := (figures ->> 'gap_ms')::double precision * interval '1 millisecond';
    about text := (SELECT freshet.name_of(d.relid) FROM freshet.definition AS d WHERE d.pgt_id = id);
BEGIN
    IF gap <= sla THEN
        RETURN;
    ELSIF gap IS NULL THEN
        RAISE NOTICE 'whether stream table % holds its SLA of % depends on its schedule alone', about, sla
            USING HINT = 'A cron expression, and the tier frozen, are not adjusted; SELECT * FROM freshet.sla_status() shows whether it is met.';
    ELSE
        RAISE NOTICE 'stream table % cannot hold its SLA of %: in tier % its content gets % old', about, sla, figures ->> 'tier', gap
            USING HINT = 'It takes a shorter schedule, or a longer SLA; more workers, where it is the waiting.';
    END IF;
    PERFORM freshet.alert('sla_infeasible', 'warning', id, figures);
END $$;
REVOKE ALL ON FUNCTION freshet.say_whether_feasible(bigint, jsonb), freshet.choose_tier(bigint, bigint) FROM PUBLIC;

CREATE FUNCTION freshet.set_stream_table_sla(name text, sla interval) RETURNS void
LANGUAGE sql VOLATILE
RETURN freshet.set_sla_core(freshet.leave_ticket(), name, freshet.caller_path(),
    pg_catalog.jsonb_build_object('freshness_deadline_ms', freshet.sla_ms(sla)));
COMMENT ON FUNCTION freshet.set_stream_table_sla(text, interval) IS 'Says how old the content of a stream table may be; NULL takes that away.';

-- What the service holds: the objectives of those that are refreshed, and what was measured.
CREATE FUNCTION freshet.objectives_held()
RETURNS TABLE (pgt_id bigint, objective_ms bigint, period_ms double precision, tier text, tier_by_hand boolean, exceeded integer, spare integer,
               patience integer, demoted boolean, gap_ms double precision, waits double precision[], durations double precision[],
               met_ms double precision, total_ms double precision, hour_met_ms double precision, hour_total_ms double precision,
               worst_ms double precision, worst_before_ms double precision)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
    SELECT o.pgt_id, freshet.objective_ms(o.pgt_id, o.freshness_deadline_ms), extract(epoch FROM freshet.schedule_interval(o.pgt_id))::double precision * 1000,
           d.tier, o.tier_by_hand, f.exceeded, f.spare, f.patience, f.demoted, f.gap_ms, f.waits, f.durations, f.met_ms, f.total_ms,
           f.hour_met_ms, f.hour_total_ms, f.worst_ms, f.worst_before_ms
      FROM freshet.objective AS o JOIN freshet.definition AS d USING (pgt_id) LEFT JOIN freshet.freshness AS f USING (pgt_id)
     WHERE o.freshness_deadline_ms IS NOT NULL
$$;

CREATE FUNCTION freshet.store_freshness(measured jsonb) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, pg_temp
AS $$
    INSERT INTO freshet.freshness
    SELECT (jsonb_populate_record(NULL::freshet.freshness, m.value || jsonb_build_object('measured_at', clock_timestamp()))).*
      FROM jsonb_array_elements(measured) AS m (value)
      JOIN freshet.objective AS o ON o.pgt_id = (m.value ->> 'pgt_id')::bigint
        ON CONFLICT (pgt_id) DO UPDATE
       SET (exceeded, spare, patience, demoted, gap_ms, waits, durations, wait_ms, duration_ms, met_ms, total_ms,
            hour_met_ms, hour_total_ms, worst_ms, worst_before_ms, budget_left, burn_rate, breach_probability, measured_at)
         = (excluded.exceeded, excluded.spare, excluded.patience, excluded.demoted, excluded.gap_ms, excluded.waits, excluded.durations,
            excluded.wait_ms, excluded.duration_ms, excluded.met_ms, excluded.total_ms,
            excluded.hour_met_ms, excluded.hour_total_ms, excluded.worst_ms, excluded.worst_before_ms, excluded.budget_left,
            excluded.burn_rate, excluded.breach_probability, excluded.measured_at);
    DELETE FROM freshet.freshness AS f WHERE NOT EXISTS (SELECT FROM freshet.objective AS o WHERE o.pgt_id = f.pgt_id)
$$;

-- The service moves a stream table from one tier to another, unless somebody has chosen one meanwhile. It touches neither
-- frontier nor epoch, so that no refresh fails for it.
CREATE FUNCTION freshet.assign_tier(id bigint, from_tier text, to_tier text, figures jsonb) RETURNS boolean
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM FROM freshet.definition AS d JOIN freshet.objective AS o USING (pgt_id)
      WHERE d.pgt_id = id AND d.tier = from_tier AND NOT o.tier_by_hand AND o.freshness_deadline_ms IS NOT NULL
        FOR NO KEY UPDATE OF d SKIP LOCKED;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    PERFORM freshet.append('sla:' || id, 'TierAssigned', figures || jsonb_build_object('tier', to_tier, 'tier_before', from_tier));
    PERFORM freshet.alert('tier_assigned', 'info', id, figures || jsonb_build_object('tier', to_tier, 'tier_before', from_tier));
    RETURN true;
END $$;
REVOKE ALL ON FUNCTION freshet.objectives_held(), freshet.store_freshness(jsonb), freshet.assign_tier(bigint, text, text, jsonb) FROM PUBLIC;
