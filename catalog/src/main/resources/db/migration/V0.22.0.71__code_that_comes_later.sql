-- Code that comes into a query after it was checked, by a view that is replaced. It would run with the rights of the service.

-- As before, and whether what the query has become by now runs code that it may not. Asked before each preparation, which a replaced
-- view causes.
CREATE OR REPLACE FUNCTION freshet.require_unhidden(id bigint) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    creator oid;
    view    oid;
BEGIN
    SELECT d.view_relid, coalesce(to_regrole(quote_ident(d.owner))::oid, freshet.service_role()) INTO view, creator
      FROM freshet.definition AS d WHERE d.pgt_id = id;
    PERFORM freshet.check_policies(l.relid, l.reader) FROM freshet.lineage(view, creator) AS l;
    PERFORM freshet.check_code(view, creator);
END $$;
