-- Why a relation cannot be captured; no row where it can. Whoever asks must not have to try: trying locks out writers.
CREATE FUNCTION freshet.capture_obstacle(source oid, attnums int2[])
RETURNS TABLE (code text, sentence text, hint text) LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    WITH relation AS (
        SELECT c.oid, c.oid::regclass::text AS name, c.relkind, c.relpersistence, c.relnamespace::regnamespace::text AS schema, c.relowner
        FROM pg_class c WHERE c.oid = source
    ), obstacle (place, code, sentence, hint) AS (
        SELECT 1, 'no_such_table', format('there is no relation with the identifier %s any more', source),
               'Drop the stream table, or create it again on another table.'
        WHERE NOT EXISTS (SELECT FROM relation)
        UNION ALL
        SELECT 2, 'temporary', format('%s is a temporary table: only its own session sees it', name), 'Use a permanent table.'
        FROM relation WHERE relpersistence = 't'
        UNION ALL
        SELECT 3, 'system_catalog', format('%s is a system catalog, on which triggers are not allowed', name),
               'Use refresh_mode FULL.'
        FROM relation WHERE schema IN ('pg_catalog', 'information_schema', 'pg_toast')
        UNION ALL
        SELECT 4, kind.code, format('%s is %s: its changes fire no trigger', name, kind.label), 'Use refresh_mode FULL.'
        FROM relation
        JOIN (VALUES ('m', 'materialized_view', 'a materialized view'), ('f', 'foreign_table', 'a foreign table'),
                     ('v', 'view', 'a view'), ('S', 'not_a_table', 'a sequence'), ('i', 'not_a_table', 'not a table'),
                     ('I', 'not_a_table', 'not a table'), ('c', 'not_a_table', 'not a table'), ('t', 'not_a_table', 'not a table')
             ) AS kind (relkind, code, label) ON kind.relkind = relation.relkind::text
        UNION ALL
        SELECT 5, 'foreign_member', format('%s has a foreign table below it, %s: its changes fire no trigger',
                                           name, c.oid::regclass), 'Use refresh_mode FULL.'
        FROM relation, LATERAL freshet.capture_members(source) AS m JOIN pg_class c ON c.oid = m.member
        WHERE relation.relkind IN ('r', 'p') AND c.relkind = 'f'
        UNION ALL
        SELECT 6, 'no_trigger_privilege', format('%s may not create triggers on %s', current_user, m.member::regclass),
               format('GRANT TRIGGER ON %s TO %I, or better: GRANT %I TO %I.', m.member::regclass, current_user,
                      pg_get_userbyid(c.relowner), current_user)
        FROM relation, LATERAL freshet.capture_members(source) AS m JOIN pg_class c ON c.oid = m.member
        WHERE relation.relkind IN ('r', 'p') AND NOT has_table_privilege(m.member, 'TRIGGER')
        UNION ALL
        SELECT 7, 'subscription_needs_owner', format('%s is filled by a logical subscription; only its owner can have that captured', name),
               format('GRANT %I TO %I.', pg_get_userbyid(relowner), current_user)
        FROM relation
        WHERE NOT pg_has_role(relowner, 'USAGE')
          AND EXISTS (SELECT FROM freshet.capture_members(source) AS m JOIN pg_subscription_rel s ON s.srrelid = m.member)
        UNION ALL
        SELECT 8, 'no_such_column', format('%s has no column number %s to capture', name, wanted), 'Create the stream table again.'
        FROM relation, LATERAL unnest(attnums) AS wanted
        WHERE NOT EXISTS (SELECT FROM pg_attribute a
                          WHERE a.attrelid = source AND a.attnum = wanted AND a.attnum > 0 AND NOT a.attisdropped)
    )
    SELECT o.code, o.sentence, o.hint FROM obstacle o ORDER BY o.place LIMIT 1;
END;
