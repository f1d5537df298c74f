-- Three stream tables and what may happen to them: refreshes of both modes, errors, a suspension, a redefinition, a drop.
CREATE SCHEMA life;
CREATE FUNCTION life.created(id bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM freshet.append('stream_table:' || id, 'StreamTableCreated', jsonb_build_object('pgt_id', id, 'relid', 100000 + id,
        'view_relid', 200000 + id, 'pgt_schema', 'shop', 'pgt_name', 't' || id, 'defining_query', 'q', 'original_query', 'q',
        'schedule', '1s', 'refresh_mode', 'AUTO', 'owner', 'o', 'settings', '{"TimeZone": "UTC"}'::jsonb));
    PERFORM freshet.append('refresh:' || id, 'DefinitionCompiled', jsonb_build_object('effective_mode', 'DIFFERENTIAL',
        'mode_code', 'c', 'mode_reason', 'r', 'plan', '{"statements": ["SELECT 1"]}'::jsonb, 'dependencies',
        jsonb_build_array(jsonb_build_object('source_relid', 300000 + id, 'source_type', 'TABLE', 'columns_used', '[1, 2]'::jsonb,
                                             'cdc_mode', 'trigger'))));
END $$;
CREATE FUNCTION life.outcome(id bigint, type text, action text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    r bigint := (SELECT count(*) FROM freshet.event);
BEGIN
    PERFORM freshet.append('refresh:' || id, type, jsonb_build_object('action', action, 'refresh_reason', 'scheduled',
        'start_time', clock_timestamp(), 'end_time', clock_timestamp(), 'duration_ms', r / 7.0, 'rows_inserted', r, 'rows_updated', 1,
        'rows_deleted', 2, 'worker', 'w', 'tick_id', r, 'initiated_by', 'SCHEDULER', 'data_timestamp', now(), 'error_code', '22012',
        'error_message', 'division by zero', 'retry_at', now()));
END $$;
-- Everything that is projected, and what a rebuild must leave alone.
CREATE VIEW life.state AS
          SELECT 'definition' AS relation, to_jsonb(x) AS content FROM freshet.definition x
UNION ALL SELECT 'condition', to_jsonb(x) FROM freshet.condition x
UNION ALL SELECT 'objective', to_jsonb(x) FROM freshet.objective x
UNION ALL SELECT 'dependency', to_jsonb(x) FROM freshet.dependency x
UNION ALL SELECT 'frontier', to_jsonb(x) FROM freshet.frontier x
UNION ALL SELECT 'history', to_jsonb(x) FROM freshet.refresh_history x;
CREATE TABLE life.remembered AS TABLE life.state WITH NO DATA;

SELECT life.created(1), life.created(2), life.created(3);
SELECT freshet.append('refresh:1', 'PopulationStarted', '{"estimated_rows": 3, "estimated_bytes": 8192}');
SELECT life.outcome(1, 'RefreshCompleted', 'FULL'), life.outcome(1, 'RefreshCompleted', 'DIFFERENTIAL');
SELECT life.outcome(1, 'RefreshFailed', NULL), life.outcome(1, 'RefreshFailed', 'FULL');
SELECT life.outcome(2, 'RefreshCompleted', 'FULL'), life.outcome(3, 'RefreshCompleted', 'FULL');
SELECT freshet.append('stream_table:1', 'StreamTableSuspended', '{"reason": "r"}');
SELECT freshet.append('stream_table:1', 'StreamTableResumed', '{}');
SELECT life.outcome(1, 'RefreshCompleted', 'DIFFERENTIAL') FROM generate_series(1, 20);
SELECT freshet.append('stream_table:1', 'StreamTableAltered', '{"schedule": "5s", "tier": "cold"}');
SELECT freshet.append('sla:1', 'SlaSet', '{"freshness_deadline_ms": 30000, "tier": "cold", "tier_by_hand": false}');
SELECT freshet.append('sla:1', 'TierAssigned', '{"freshness_deadline_ms": 30000, "tier": "warm", "tier_before": "cold"}');
SELECT freshet.append('sla:2', 'SlaSet', '{"freshness_deadline_ms": 30000, "tier": "hot", "tier_by_hand": true}');
SELECT freshet.append('sla:2', 'SlaSet', '{"tier": "hot", "tier_by_hand": false}');
SELECT freshet.append('sla:3', 'SlaSet', '{"freshness_deadline_ms": 500, "tier": "hot", "tier_by_hand": false}');
SELECT freshet.append('publication:1', 'PublicationCreated', '{"publication": "freshet_shop_t1", "added": false}');
SELECT freshet.append('publication:2', 'PublicationCreated', '{"publication": "freshet_shop_t1", "added": true}');
SELECT freshet.append('publication:3', 'PublicationCreated', '{"publication": "freshet_shop_t1", "added": true}');
SELECT freshet.append('publication:2', 'PublicationDropped', '{"publication": "freshet_shop_t1", "kept": true}');
SELECT freshet.append('publication:1', 'PublicationRepaired', '{"publication": "freshet_shop_t1", "faults": ["dropped"]}');
SELECT freshet.append('stream_table:3', 'StreamTableDropped', '{}');
SELECT freshet.append('stream_table:2', 'RefreshWanted', '{"snapshot": "1:1:"}');
SELECT life.outcome(2, 'RefreshSkipped', NULL);
SELECT freshet.append('refresh:2', 'FullRequired', '{"full_reason": "truncated"}');
SELECT freshet.append('stream_table:2', 'SourceReleased', '{"source_relid": 300002}');
SELECT freshet.append('stream_table:2', 'StreamTableRedefined', '{"relid": 100002, "view_relid": 400002, "defining_query": "p", "original_query": "p"}');
SELECT freshet.append('refresh:1', 'TableRenamed', '{"pgt_schema": "store", "pgt_name": "u1"}');
UPDATE freshet.dependency SET shape = 'as the last refresh saw it' WHERE pgt_id = 1;
UPDATE freshet.frontier SET as_of = pg_current_snapshot() WHERE pgt_id = 1;
