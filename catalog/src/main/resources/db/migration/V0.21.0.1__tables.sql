-- The tables of the catalog: the log, which is the truth, and what is projected from it.
-- The schemas exist already; all this belongs to the service's role.

CREATE SEQUENCE freshet.pgt_id AS bigint;

-- Domains rather than CHECK constraints of the tables that every refresh writes: PostgreSQL reads a table's constraints
-- from their text for each statement, which is most of what a small statement costs; a domain's are kept.
CREATE DOMAIN freshet.ordinal AS bigint CHECK (VALUE > 0);
CREATE DOMAIN freshet.event_version AS smallint CHECK (VALUE > 0);
CREATE DOMAIN freshet.event_payload AS jsonb CHECK (jsonb_typeof(VALUE) = 'object');
CREATE DOMAIN freshet.stream_table_status AS text CHECK (VALUE IN ('INITIALIZING', 'ACTIVE', 'SUSPENDED', 'ERROR'));
CREATE DOMAIN freshet.refresh_mode AS text CHECK (VALUE IN ('DIFFERENTIAL', 'FULL'));

-- Where it was installed. Another cluster or database (a restored dump, a copied directory) has other transaction
-- ids, so that no recorded snapshot means anything there.
CREATE TABLE freshet.installation (
    only_one          boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    system_identifier bigint  NOT NULL,
    database_oid      oid     NOT NULL,
    service_role      name    NOT NULL,
    installed_at      timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE freshet.event (
    event_id   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    xid        xid8        NOT NULL DEFAULT pg_current_xact_id(),
    stream     text        NOT NULL,
    revision   freshet.ordinal NOT NULL,
    type       text        NOT NULL,
    version    freshet.event_version NOT NULL DEFAULT 1,
    payload    freshet.event_payload NOT NULL,
    author     name        NOT NULL,
    at         timestamptz NOT NULL DEFAULT clock_timestamp(),
    UNIQUE (stream, revision)
);
-- The tail asks for what is newer than a snapshot.
CREATE INDEX event_xid ON freshet.event (xid);

-- The stream table that a stream of events is about. Streams: 'stream_table:<pgt_id>' what users command,
-- 'refresh:<pgt_id>' what came of it, 'request:<pgt_id>:<xid>'.
CREATE FUNCTION freshet.subject_of(stream text) RETURNS bigint
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$ SELECT pg_catalog.split_part(stream, ':', 2)::bigint $$;

-- The refreshes are read from the log itself.
CREATE INDEX event_refresh ON freshet.event (freshet.subject_of(stream), event_id)
    WHERE type IN ('RefreshCompleted', 'RefreshFailed', 'RefreshSkipped');
CREATE VIEW freshet.refresh_history AS
SELECT e.event_id AS refresh_id, freshet.subject_of(e.stream) AS pgt_id,
       (e.payload ->> 'data_timestamp')::timestamptz AS data_timestamp,
       (e.payload ->> 'start_time')::timestamptz AS start_time,
       (e.payload ->> 'end_time')::timestamptz AS end_time,
       (e.payload ->> 'duration_ms')::double precision AS duration_ms,
       CASE e.type WHEN 'RefreshSkipped' THEN 'SKIP' ELSE e.payload ->> 'action' END AS action,
       e.payload ->> 'refresh_reason' AS refresh_reason,
       coalesce((e.payload ->> 'rows_inserted')::bigint, 0) AS rows_inserted,
       coalesce((e.payload ->> 'rows_updated')::bigint, 0) AS rows_updated,
       coalesce((e.payload ->> 'rows_deleted')::bigint, 0) AS rows_deleted,
       (e.payload ->> 'delta_row_count')::bigint AS delta_row_count,
       (e.payload ->> 'predicted_diff_ms')::double precision AS predicted_diff_ms,
       (e.payload ->> 'predicted_full_ms')::double precision AS predicted_full_ms,
       CASE e.type WHEN 'RefreshCompleted' THEN 'COMPLETED' WHEN 'RefreshFailed' THEN 'ERROR' ELSE 'SKIPPED' END AS status,
       e.payload ->> 'error_code' AS error_code, e.payload ->> 'error_message' AS error_message,
       e.payload ->> 'worker' AS worker, (e.payload ->> 'tick_id')::bigint AS tick_id,
       e.payload ->> 'initiated_by' AS initiated_by,
       (e.payload ->> 'freshness_deadline')::timestamptz AS freshness_deadline
  FROM freshet.event AS e
 WHERE e.type IN ('RefreshCompleted', 'RefreshFailed', 'RefreshSkipped');

-- What users have commanded.
CREATE TABLE freshet.definition (
    pgt_id              bigint PRIMARY KEY,
    relid               oid    NOT NULL UNIQUE,
    view_relid          oid,                       -- NULL while a source is released
    pgt_schema          name   NOT NULL,           -- as last seen; relid is the identity
    pgt_name            name   NOT NULL,
    defining_query      text   NOT NULL,
    original_query      text   NOT NULL,
    schedule            text   NOT NULL,
    refresh_mode        text   NOT NULL CHECK (refresh_mode IN ('AUTO', 'DIFFERENTIAL', 'FULL')),
    tier                text   NOT NULL DEFAULT 'hot' CHECK (tier IN ('hot', 'warm', 'cold', 'frozen')),
    cdc_mode            text   NOT NULL DEFAULT 'trigger',
    diamond_consistency text   NOT NULL DEFAULT 'none' CHECK (diamond_consistency IN ('none', 'atomic')),
    append_only         boolean NOT NULL DEFAULT false,
    initialize          boolean NOT NULL DEFAULT true,
    owner               name   NOT NULL,
    settings            jsonb  NOT NULL,
    hidden              boolean NOT NULL DEFAULT false,
    parent_id           bigint,
    created_at          timestamptz NOT NULL,
    updated_at          timestamptz NOT NULL,
    CONSTRAINT definition_relid UNIQUE (relid) DEFERRABLE
);

-- The row on which a refresh compares and sets. Refreshes touch it, and the commands that must defeat a refresh in
-- flight; nothing else does, or refreshes would fail for nothing. It is not projected: a rebuild leaves it alone.
CREATE TABLE freshet.frontier (
    pgt_id     bigint PRIMARY KEY,
    epoch      bigint NOT NULL DEFAULT 1,
    as_of      pg_snapshot,
    own_xid    xid8,
    read_at    timestamptz,
    -- The epoch whose definition is compiled and captured, another one must be prepared first; and the views as compiled.
    compiled_epoch bigint,
    compiled_views text
) WITH (fillfactor = 50);

-- How a stream table is: the outcome of its refreshes, and their sums.
CREATE TABLE freshet.condition (
    pgt_id             bigint PRIMARY KEY,
    status             freshet.stream_table_status NOT NULL,
    is_populated       boolean NOT NULL DEFAULT false,
    full_reason        text,
    effective_mode     freshet.refresh_mode,
    mode_code          text,
    mode_reason        text,
    plan               jsonb,
    -- As time passes, say: then there is something to do at every tick, whether a source changed or not.
    changes_by_itself  boolean NOT NULL DEFAULT false,
    data_timestamp     timestamptz,
    last_refresh_at    timestamptz,
    last_full_ms       double precision,
    consecutive_errors integer NOT NULL DEFAULT 0,
    last_error_code    text,
    last_error         text,
    retry_at           timestamptz,
    suspend_reason     text,
    total_refreshes      bigint NOT NULL DEFAULT 0,
    successful_refreshes bigint NOT NULL DEFAULT 0,
    failed_refreshes     bigint NOT NULL DEFAULT 0,
    rows_inserted        bigint NOT NULL DEFAULT 0,
    rows_updated         bigint NOT NULL DEFAULT 0,
    rows_deleted         bigint NOT NULL DEFAULT 0,
    total_duration_ms    double precision NOT NULL DEFAULT 0
) WITH (fillfactor = 50);

-- The edges of the graph.
CREATE TABLE freshet.dependency (
    pgt_id       bigint NOT NULL,
    source_relid oid    NOT NULL,
    source_type  text   NOT NULL CHECK (source_type IN ('TABLE', 'PARTITIONED_TABLE', 'STREAM_TABLE', 'MATVIEW', 'FOREIGN_TABLE')),
    columns_used int2[] NOT NULL,
    cdc_mode     text   NOT NULL,
    -- Of the source at the last refresh, and as it was last looked at while nothing was to be read; not projected.
    shape        text,
    shape_now    text,
    PRIMARY KEY (pgt_id, source_relid)
);
CREATE INDEX dependency_by_source ON freshet.dependency (source_relid);

-- The generations of change buffers that a source has. Bookkeeping of the capture, not projected.
CREATE TABLE freshet.capture (
    source_relid oid NOT NULL,
    generation   int NOT NULL,
    row_triggers boolean NOT NULL,
    columns      jsonb NOT NULL,
    active       text NOT NULL DEFAULT 'a' CHECK (active IN ('a', 'b')),
    switched_at  pg_snapshot,
    superseded   boolean NOT NULL DEFAULT false,
    installed_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (source_relid, generation)
);
