-- Objectives of freshness: how old the content of a stream table may be (SLA), and which tier follows from it.

-- Projected. tier_by_hand: somebody has chosen the tier, and the service leaves it alone.
CREATE TABLE freshet.objective (
    pgt_id                bigint PRIMARY KEY,
    freshness_deadline_ms bigint CHECK (freshness_deadline_ms > 0),
    tier_by_hand          boolean NOT NULL
);

-- What was measured of those that have one, and how far the next change of tier is away; it survives a restart, and is
-- not projected. A cycle ends when the content is found, or made, fresh.
CREATE TABLE freshet.freshness (
    pgt_id      bigint PRIMARY KEY,
    exceeded    integer NOT NULL,          -- cycles in a row that took longer than the objective
    spare       integer NOT NULL,          -- cycles in a row that took less than half of it
    patience    integer NOT NULL,          -- so many of them before a colder tier is tried
    demoted     boolean NOT NULL,          -- the last change was to a colder tier
    gap_ms      double precision NOT NULL, -- of the last cycle
    waits       double precision[] NOT NULL, -- how long the last cycles waited for their turn
    durations   double precision[] NOT NULL, -- how long they took then
    wait_ms     double precision NOT NULL, -- what 95 % of them do not exceed
    duration_ms double precision NOT NULL,
    met_ms      double precision NOT NULL, -- of the time, lately, so much was within the objective
    total_ms    double precision NOT NULL,
    hour_met_ms   double precision NOT NULL, -- the same of the last hour
    hour_total_ms double precision NOT NULL,
    worst_ms      double precision NOT NULL, -- how old the content got at worst, in the newer part of the day
    worst_before_ms double precision NOT NULL, -- and in the older
    budget_left   double precision NOT NULL, -- of the time in which it may be older; negative: more was spent
    burn_rate     double precision NOT NULL, -- how many times faster than it lasts for that was spent in the last hour
    breach_probability double precision,     -- that the next cycle takes longer than the objective
    measured_at timestamptz NOT NULL
) WITH (fillfactor = 50);

CREATE FUNCTION freshet.project_objective(e freshet.event) RETURNS void
LANGUAGE plpgsql
AS $$
DECLARE
    about bigint := freshet.subject_of(e.stream);
BEGIN
    IF e.type = 'SlaSet' THEN
        INSERT INTO freshet.objective AS o (pgt_id, freshness_deadline_ms, tier_by_hand)
        VALUES (about, (e.payload ->> 'freshness_deadline_ms')::bigint, (e.payload ->> 'tier_by_hand')::boolean)
        ON CONFLICT (pgt_id) DO UPDATE
           SET freshness_deadline_ms = excluded.freshness_deadline_ms, tier_by_hand = excluded.tier_by_hand;
    END IF;
    UPDATE freshet.definition AS d SET tier = e.payload ->> 'tier', updated_at = e.at
     WHERE d.pgt_id = about AND d.tier <> e.payload ->> 'tier';
END
$$;
REVOKE ALL ON FUNCTION freshet.project_objective(freshet.event) FROM PUBLIC;

-- As before, and with the events of publications and of objectives.
CREATE OR REPLACE FUNCTION freshet.project(e freshet.event) RETURNS void
LANGUAGE plpgsql
AS $$
BEGIN
    IF e.version <> 1 THEN
        RAISE EXCEPTION 'version % of event % is unknown', e.version, e.type
            USING ERRCODE = 'FR002', HINT = 'It was written by a newer service; upgrade this one.';
    END IF;
    CASE
        WHEN e.type IN ('RefreshCompleted', 'RefreshFailed', 'RefreshSkipped', 'HistoryFolded') THEN
            PERFORM freshet.project_outcome(e);
        WHEN e.type IN ('StreamTableCreated', 'StreamTableAltered', 'StreamTableRedefined', 'StreamTableDropped',
                        'TableRenamed', 'AppendOnlyEnded', 'SourceReleased', 'DefinitionLost') THEN
            PERFORM freshet.project_definition(e);
            IF e.type = 'StreamTableDropped' THEN
                DELETE FROM freshet.objective AS o WHERE o.pgt_id = freshet.subject_of(e.stream);
            END IF;
        WHEN e.type IN ('StreamTableSuspended', 'StreamTableResumed', 'RepairWanted', 'FullRequired',
                        'SuspendedAfterErrors') THEN
            PERFORM freshet.project_condition(e);
        WHEN e.type = 'DefinitionCompiled' THEN
            PERFORM freshet.project_compiled(e);
        WHEN e.type IN ('SlaSet', 'TierAssigned') THEN
            PERFORM freshet.project_objective(e);
        WHEN e.type IN ('PublicationCreated', 'PublicationDropped', 'PublicationRepaired') THEN
            PERFORM freshet.project_publication(e);
        WHEN e.type IN ('RefreshWanted', 'PopulationStarted') THEN
            NULL;
        ELSE
            RAISE EXCEPTION 'event type % is unknown', e.type
                USING ERRCODE = 'FR002', HINT = 'It was written by a newer service; upgrade this one.';
    END CASE;
END
$$;

-- The objective of a stream table: its own, and where its schedule is calculated from its consumers, the tightest of theirs, too.
CREATE FUNCTION freshet.objective_ms(about bigint, own_ms bigint) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    WITH RECURSIVE consumer (pgt_id, relid, schedule) AS (
        SELECT d.pgt_id, d.relid, d.schedule FROM freshet.definition AS d WHERE d.pgt_id = about
        UNION
        SELECT d.pgt_id, d.relid, d.schedule
          FROM consumer AS c
          JOIN freshet.dependency AS e ON e.source_relid = c.relid
          JOIN freshet.definition AS d ON d.pgt_id = e.pgt_id
         WHERE c.schedule = 'calculated'
    )
    SELECT least(own_ms, min(o.freshness_deadline_ms)) FROM consumer AS c JOIN freshet.objective AS o USING (pgt_id) WHERE c.pgt_id <> about
$$;
COMMENT ON FUNCTION freshet.objective_ms(bigint, bigint) IS 'How old a stream table''s content may be, in milliseconds; NULL if nobody has said.';

-- How long a refresh waits for its turn: as those that have an objective did lately; without any, as a queue does whose
-- server was as busy as the last minute's refreshes say.
CREATE FUNCTION freshet.expected_wait_ms() RETURNS double precision
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
    SELECT coalesce(
        (SELECT max(f.wait_ms) FROM freshet.freshness AS f WHERE f.measured_at > clock_timestamp() - interval '5 minutes'),
        (SELECT least(0.99, busy.share) / (1 - least(0.99, busy.share)) * busy.duration_ms
           FROM (SELECT sum(h.duration_ms) / 60000 AS share, avg(h.duration_ms) AS duration_ms
                   FROM (SELECT r.duration_ms, r.start_time FROM freshet.refresh_history AS r ORDER BY r.refresh_id DESC LIMIT 2000) AS h
                  WHERE h.start_time > clock_timestamp() - interval '1 minute') AS busy),
        0)
$$;

CREATE FUNCTION freshet.p95_duration_ms(about bigint) RETURNS double precision
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
    SELECT coalesce(percentile_cont(0.95) WITHIN GROUP (ORDER BY h.duration_ms), 0)
      FROM (SELECT r.duration_ms FROM freshet.refresh_history AS r
             WHERE r.pgt_id = about AND r.status = 'COMPLETED' ORDER BY r.refresh_id DESC LIMIT 1000) AS h
$$;

-- How old content gets in each tier that is refreshed by itself: the schedule, stretched, then the wait for its turn, then
-- the refresh. A cron expression is not stretched, and says itself how old that is.
CREATE FUNCTION freshet.dispatch_gaps(period interval, wait_ms double precision, duration_ms double precision)
RETURNS TABLE (tier text, multiplier integer, gap_ms double precision)
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp
AS $$
    SELECT t.tier, t.multiplier, extract(epoch FROM period)::double precision * 1000 * t.multiplier + wait_ms + duration_ms
      FROM (VALUES ('hot', 1), ('warm', 2), ('cold', 10)) AS t (tier, multiplier)
$$;

REVOKE ALL ON FUNCTION freshet.expected_wait_ms(), freshet.p95_duration_ms(bigint) FROM PUBLIC;
REVOKE ALL ON freshet.objective, freshet.freshness FROM PUBLIC;
