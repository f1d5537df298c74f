-- All of it is the service's business.
REVOKE ALL ON FUNCTION
    freshet.base_type(oid, int), freshet.generation_columns(oid, int2), freshet.capture_columns(oid, int2[]),
    freshet.capture_members(oid), freshet.needs_row_triggers(oid), freshet.capture_mark(oid),
    freshet.capture_obstacle(oid, int2[]), freshet.current_generation(oid), freshet.capture_suffix(oid, oid),
    freshet.write_column_access(oid, int, jsonb, oid), freshet.capture_body(oid, oid),
    freshet.write_capture_functions(oid), freshet.create_generation(oid, int, jsonb), freshet.drop_strays(oid),
    freshet.create_capture_triggers(oid), freshet.capture_is_whole(oid), freshet.ensure_capture(oid, int2[], bigint, bigint),
    freshet.drop_capture_functions(oid), freshet.drop_column_access(oid, int), freshet.drop_generation(oid, int),
    freshet.remove_capture(oid), freshet.unused_captures(interval),
    freshet.pending_changes(oid[], pg_snapshot[], xid8[]), freshet.source_shape(oid, int2[]), freshet.sources_moved(oid[]),
    freshet.capture_consumers(oid), freshet.buffer_laggards(oid, oid), freshet.hold_off_refreshes(oid),
    freshet.empty_buffer(oid, oid, boolean), freshet.rotate_buffers(oid), freshet.is_disposable(freshet.capture, bigint), freshet.dispose_capture(oid, bigint, bigint)
FROM PUBLIC;
