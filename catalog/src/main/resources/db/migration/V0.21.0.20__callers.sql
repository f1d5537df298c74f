-- Who calls. A SECURITY DEFINER function sees its owner as current_user and cannot know its caller. So every command has
-- two halves: the caller's half (SECURITY INVOKER) leaves a row here whose column `role` is filled by its default, evaluated as the caller and
-- not insertable by anyone; the core takes the ticket, and only in the transaction that left it.

CREATE TABLE freshet.caller (
    ticket bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    role   oid   NOT NULL DEFAULT quote_ident(current_user)::regrole,
    xid    xid8  NOT NULL DEFAULT pg_current_xact_id(),
    asked  boolean
);
COMMENT ON TABLE freshet.caller IS 'Proof of who calls a command: one row for the length of a call.';
REVOKE ALL ON freshet.caller FROM PUBLIC;
GRANT INSERT (asked), SELECT (ticket) ON freshet.caller TO PUBLIC;
GRANT USAGE ON SCHEMA freshet TO PUBLIC;

CREATE FUNCTION freshet.leave_ticket() RETURNS bigint
LANGUAGE sql VOLATILE
BEGIN ATOMIC
    INSERT INTO freshet.caller (asked) VALUES (true) RETURNING ticket;
END;
COMMENT ON FUNCTION freshet.leave_ticket() IS 'The caller''s half: says who calls.';

CREATE FUNCTION freshet.take_ticket(ticket bigint) RETURNS oid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    found_role oid;
BEGIN
    DELETE FROM freshet.caller c WHERE c.ticket = take_ticket.ticket AND c.xid = pg_current_xact_id() RETURNING c.role INTO found_role;
    IF found_role IS NULL THEN
        RAISE EXCEPTION 'this function is a part of a command and needs its caller''s ticket'
            USING ERRCODE = '42501', HINT = 'Call the commands themselves, for example freshet.create_stream_table().';
    END IF;
    RETURN found_role;
END $$;
REVOKE ALL ON FUNCTION freshet.take_ticket(bigint) FROM PUBLIC;

-- The service's role owns this function; whoever asks runs it as that role.
CREATE FUNCTION freshet.service_role() RETURNS oid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN quote_ident(current_user)::regrole::oid;
COMMENT ON FUNCTION freshet.service_role() IS 'The role that the service logs in as.';

-- A member of the service's role, and a superuser, may do everything.
CREATE FUNCTION freshet.is_administrator(role oid) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
RETURN pg_has_role(role, freshet.service_role(), 'USAGE');

-- The service works on a table of `owner` as if it owned it, and can give it a table of its own making.
CREATE FUNCTION freshet.service_can_act_for(owner oid) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
RETURN pg_has_role(freshet.service_role(), owner, 'USAGE')
   AND pg_has_role(freshet.service_role(), owner,
                   CASE WHEN current_setting('server_version_num')::int >= 160000 THEN 'SET' ELSE 'MEMBER' END);
