-- Who follows the publications, and how far behind. A slot does not know its publications; the command of the session that reads it names
-- them, so the service notes them while it is read. Bookkeeping, not projected.
CREATE TABLE freshet.subscriber (
    slot_name      name PRIMARY KEY,
    publications   text[],                      -- NULL while nobody was seen to read it
    active         boolean NOT NULL,
    inactive_since timestamptz
);

-- The publications that a command START_REPLICATION asks for; NULL if it is none, or may not be seen.
CREATE FUNCTION freshet.publications_read_by(command text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT SET search_path = pg_catalog, pg_temp
RETURN (SELECT array_agg(btrim(name, ' "') ORDER BY btrim(name, ' "'))
          FROM regexp_match(command, 'publication_names"?\s+''([^'']*)''') AS found, string_to_table(found[1], ',') AS name
         WHERE command ~ '^\s*START_REPLICATION\s');

-- For the service, regularly.
CREATE FUNCTION freshet.note_subscribers() RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    DELETE FROM freshet.subscriber AS s WHERE NOT EXISTS (SELECT FROM pg_replication_slots AS r WHERE r.slot_name = s.slot_name);
    INSERT INTO freshet.subscriber AS s (slot_name, publications, active, inactive_since)
    SELECT r.slot_name, freshet.publications_read_by(a.query), r.active, CASE WHEN NOT r.active THEN clock_timestamp() END
      FROM pg_replication_slots AS r
      LEFT JOIN pg_stat_activity AS a ON a.pid = r.active_pid
     WHERE r.database = current_database() AND r.plugin = 'pgoutput' AND NOT r.temporary
    ON CONFLICT (slot_name) DO UPDATE
       SET publications = coalesce(excluded.publications, s.publications), active = excluded.active,
           inactive_since = CASE WHEN NOT excluded.active THEN coalesce(s.inactive_since, excluded.inactive_since) END
     WHERE s.active <> excluded.active OR coalesce(excluded.publications <> s.publications, excluded.publications IS NOT NULL);
END $$;
COMMENT ON FUNCTION freshet.note_subscribers() IS 'Notes which publications the slots are read for. For the service.';

-- The slots of this database that read a publication of a stream table, or may: those of which nobody has been seen to read them.
--   risk: lost       PostgreSQL has removed what the slot would have needed
--         losing     it may do so at the next checkpoint, or a quarter of what the slot may keep is left
--         growing    more than a gigabyte is kept for it
-- Columns of newer servers are read by name, and NULL on older ones.
CREATE VIEW freshet.pgt_subscribers WITH (security_barrier) AS
WITH slot AS (
    SELECT r.slot_name, n.publications, r.active, r.wal_status, r.safe_wal_size, to_jsonb(r) AS all_, n.inactive_since,
           CASE WHEN pg_catalog.pg_is_in_recovery() THEN pg_catalog.pg_last_wal_replay_lsn() ELSE pg_catalog.pg_current_wal_lsn() END AS here,
           r.confirmed_flush_lsn, r.restart_lsn
      FROM pg_catalog.pg_replication_slots AS r
      LEFT JOIN freshet.subscriber AS n ON n.slot_name = r.slot_name
     WHERE r.database = pg_catalog.current_database() AND r.plugin = 'pgoutput' AND NOT r.temporary
), measured AS (
    SELECT s.*, pg_catalog.pg_wal_lsn_diff(s.here, s.confirmed_flush_lsn)::bigint AS bytes_behind,
           pg_catalog.pg_wal_lsn_diff(s.here, s.restart_lsn)::bigint AS bytes_retained
      FROM slot AS s
     WHERE EXISTS (SELECT FROM freshet.definition AS d
                    WHERE d.downstream_publication_name IS NOT NULL AND freshet.may_see(d.relid)
                      AND (s.publications IS NULL OR d.downstream_publication_name = ANY (s.publications)))
)
SELECT m.slot_name::text AS slot_name, m.publications, m.active, m.bytes_behind, m.bytes_retained, m.wal_status, m.safe_wal_size,
       CASE WHEN NOT m.active THEN coalesce((m.all_ ->> 'inactive_since')::timestamptz, m.inactive_since) END AS inactive_since,
       CASE WHEN m.wal_status = 'lost' OR m.all_ ->> 'invalidation_reason' IS NOT NULL THEN 'lost'
            WHEN m.wal_status = 'unreserved' OR m.safe_wal_size < (m.safe_wal_size + m.bytes_retained) / 4 THEN 'losing'
            WHEN m.bytes_retained > 1073741824 THEN 'growing'
            ELSE 'none' END AS risk,
       m.all_ ->> 'invalidation_reason' AS invalidation_reason, (m.all_ ->> 'failover')::boolean AS failover
  FROM measured AS m;
COMMENT ON VIEW freshet.pgt_subscribers IS 'The replication slots that follow the publications of stream tables, as far as can be known, and how far behind they are.';
COMMENT ON COLUMN freshet.pgt_subscribers.publications IS 'Those that it was seen to read; NULL if nobody has read it yet, or the service may not see who.';
GRANT SELECT ON freshet.pgt_subscribers TO PUBLIC;

REVOKE ALL ON freshet.subscriber FROM PUBLIC;
REVOKE ALL ON FUNCTION freshet.note_subscribers(), freshet.publications_read_by(text) FROM PUBLIC;
