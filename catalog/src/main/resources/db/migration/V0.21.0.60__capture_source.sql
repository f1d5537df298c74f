-- One row per captured source, beside freshet.capture (one row per generation of its buffers).
-- Its row lock orders everything that changes a source's capture: installing, rotating, emptying, removing.
CREATE TABLE freshet.capture_source (
    source_relid oid     PRIMARY KEY,
    row_triggers boolean NOT NULL,
    replica      boolean NOT NULL,      -- logical apply and session_replication_role = replica are captured, too (needs ownership)
    bytes_max    bigint  NOT NULL CHECK (bytes_max > 0),  -- the fuse: a larger buffer takes only gap rows
    rows_max     bigint  NOT NULL CHECK (rows_max > 0),   -- the fuse: a larger statement leaves a gap row
    continuity   bigint  NOT NULL,      -- raised whenever a change may have passed by; part of a source's shape
    mark         text    NOT NULL       -- our triggers as we left them; another mark means that someone touched them
);

CREATE SEQUENCE freshet.capture_continuity;

-- Looking a buffer up by name costs microseconds for every source at every tick; the identifiers are kept instead.
ALTER TABLE freshet.capture
    ADD COLUMN buffer_a oid NOT NULL,
    ADD COLUMN buffer_b oid NOT NULL,
    ADD COLUMN changes  oid NOT NULL;   -- the view over both, freshet_buffer.changes_<relid>_<generation>
