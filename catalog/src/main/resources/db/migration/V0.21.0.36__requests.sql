-- Questions to the service, and its answers. They need not survive, so they are rows and not events: a procedure asks, commits, and polls for the
-- answer; the service hears of it on channel freshet_request.
--   verify:  body {"snapshot"}: refresh until it covers that snapshot, compare with the defining query in one snapshot; answer {"missing", "unexpected"}
--   analyze: body {"query", "original_query", "settings"}: query is canonical and checked for the asker's rights; answer: the report

CREATE TABLE freshet.service_request (
    request_id    uuid PRIMARY KEY DEFAULT gen_random_uuid(),  -- not guessable: who knows it may read the answer
    kind          text NOT NULL CHECK (kind IN ('verify', 'analyze')),
    pgt_id        bigint,
    body          jsonb NOT NULL,
    asked_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    answered_at   timestamptz,
    answer        jsonb,
    error_code    text,
    error_message text,
    error_hint    text,
    CHECK ((kind = 'verify') = (pgt_id IS NOT NULL)),
    CHECK ((answered_at IS NULL) = (answer IS NULL AND error_code IS NULL))
);
CREATE INDEX service_request_unanswered ON freshet.service_request (asked_at) WHERE answered_at IS NULL;
REVOKE ALL ON freshet.service_request FROM PUBLIC;

CREATE FUNCTION freshet.ask_service(kind text, id bigint, body jsonb) RETURNS uuid
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    request uuid;
BEGIN
    -- Whoever asked and went away without the answer.
    DELETE FROM freshet.service_request r WHERE r.asked_at < clock_timestamp() - interval '1 day';
    INSERT INTO freshet.service_request (kind, pgt_id, body) VALUES (ask_service.kind, ask_service.id, ask_service.body) RETURNING request_id INTO request;
    PERFORM pg_notify('freshet_request', request::text);
    RETURN request;
END $$;
REVOKE ALL ON FUNCTION freshet.ask_service(text, bigint, jsonb) FROM PUBLIC;

CREATE FUNCTION freshet.answer_request(request uuid, answer jsonb) RETURNS void
LANGUAGE sql VOLATILE
BEGIN ATOMIC
    UPDATE freshet.service_request r SET answered_at = clock_timestamp(), answer = answer_request.answer
     WHERE r.request_id = answer_request.request AND r.answered_at IS NULL;
END;
COMMENT ON FUNCTION freshet.answer_request(uuid, jsonb) IS 'The service''s answer.';

CREATE FUNCTION freshet.refuse_request(request uuid, code text, message text, hint text) RETURNS void
LANGUAGE sql VOLATILE
BEGIN ATOMIC
    UPDATE freshet.service_request r SET answered_at = clock_timestamp(), error_code = code, error_message = message, error_hint = hint
     WHERE r.request_id = refuse_request.request AND r.answered_at IS NULL;
END;
COMMENT ON FUNCTION freshet.refuse_request(uuid, text, text, text) IS 'The service''s answer that it cannot be done; raised where it was asked.';
REVOKE ALL ON FUNCTION freshet.answer_request(uuid, jsonb), freshet.refuse_request(uuid, text, text, text) FROM PUBLIC;

-- NULL while there is no answer. An answer is taken once.
CREATE FUNCTION freshet.take_answer(request uuid) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    answered freshet.service_request;
BEGIN
    DELETE FROM freshet.service_request r WHERE r.request_id = request AND r.answered_at IS NOT NULL RETURNING * INTO answered;
    IF answered.error_code IS NOT NULL THEN
        RAISE EXCEPTION '%', answered.error_message
            USING ERRCODE = answered.error_code, HINT = coalesce(answered.error_hint, 'SELECT * FROM freshet.pgt_refresh_history shows the last refreshes.');
    END IF;
    RETURN answered.answer;
END $$;

CREATE FUNCTION freshet.verify_core(ticket bigint, name text, path text[], wanted pg_snapshot) RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    role oid := freshet.take_ticket(ticket);
    id bigint := freshet.find_stream_table(name, path);
BEGIN
    PERFORM freshet.require_reader(id, role);
    PERFORM freshet.require_running(id);
    RETURN freshet.ask_service('verify', id, jsonb_build_object('snapshot', wanted::text));
END $$;

CREATE FUNCTION freshet.analyze_core(ticket bigint, view oid, request jsonb) RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    role oid := freshet.take_ticket(ticket);
BEGIN
    PERFORM freshet.check_view_of_caller(view, role);
    PERFORM freshet.check_query(view, role);
    RETURN freshet.ask_service('analyze', NULL, jsonb_build_object('query', freshet.canonical_query(view),
        'original_query', request ->> 'query', 'settings', freshet.known_settings(request -> 'settings')));
END $$;
