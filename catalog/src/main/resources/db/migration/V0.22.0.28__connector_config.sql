-- The configuration of a Debezium connector that follows a publication. What it must say, because the defaults are wrong for us:
-- its snapshot ignores publications and would copy every table that its role may read, so tables are listed; a truncation
-- is skipped by default; keys come from the primary key only, so those of other identities are named.

-- Names in lists of regular expressions, of Java, between commas.
CREATE FUNCTION freshet.regex_escaped(name text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT SET search_path = pg_catalog, pg_temp
RETURN regexp_replace(name, '([][\\.^$|?*+(){}, :;/-])', '\\\1', 'g');

-- The columns that identify a stream table's rows: its primary key, else what its plan knows, NULLs and all; NULL for whole rows.
CREATE FUNCTION freshet.row_key(about bigint) RETURNS text[]
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
RETURN (
    SELECT coalesce(
        (SELECT array_agg(a.attname::text ORDER BY k.place)
           FROM pg_index AS i
          CROSS JOIN LATERAL unnest(i.indkey::int2[]) WITH ORDINALITY AS k (attnum, place)
           JOIN pg_attribute AS a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
          WHERE i.indrelid = t.pgt_relid AND i.indisprimary AND k.place <= i.indnkeyatts),
        (SELECT array_agg(k.name ORDER BY k.place)
           FROM jsonb_array_elements_text(p.plan -> 'key') WITH ORDINALITY AS k (name, place)
           -- Those that are still called so.
          HAVING bool_and(EXISTS (SELECT FROM pg_attribute AS a WHERE a.attrelid = t.pgt_relid AND a.attname = k.name AND NOT a.attisdropped))))
      FROM freshet.pgt_stream_tables AS t
      LEFT JOIN freshet.pgt_plans AS p USING (pgt_id)
     WHERE t.pgt_id = about);
COMMENT ON FUNCTION freshet.row_key(bigint) IS 'The columns that identify the rows of a stream table; NULL if only the whole row does.';

-- Without a list of columns: a stream table has none that are not its query's, and a connector with a list leaves out what a later query
-- adds, without a word.
CREATE FUNCTION freshet.connector_config_of(about bigint) RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    asked record;
    slug text;
    config jsonb;
    keys text;
BEGIN
    SELECT format('%I.%I', t.pgt_schema, t.pgt_name) AS name, t.pgt_schema || '.' || t.pgt_name AS topic, t.downstream_publication_name AS publication
      INTO asked FROM freshet.pgt_stream_tables AS t WHERE t.pgt_id = about;
    IF asked.publication IS NULL THEN
        RAISE EXCEPTION 'stream table % is not published', asked.name
            USING ERRCODE = '55000', HINT = format('SELECT freshet.stream_table_to_publication(%L); first.', asked.name);
    END IF;
    slug := left(regexp_replace(lower(current_database()), '[^a-z0-9]+', '_', 'g'), 40);
    SELECT jsonb_build_object(
               'table.include.list', string_agg(part.relation, ',' ORDER BY part.relation),
               'message.prefix.include.list', string_agg('stream_table:' || part.relation, ',' ORDER BY part.relation)),
           string_agg(part.relation || ':' || part.key, ';' ORDER BY part.relation),
           CASE WHEN count(*) = 1 THEN asked.topic ELSE asked.publication END
      INTO config, keys, asked.topic
      FROM (SELECT freshet.regex_escaped(t.pgt_schema) || E'\\.' || freshet.regex_escaped(t.pgt_name) AS relation,
                   -- Its syntax has no way to write all names; the primary key is found without.
                   (SELECT string_agg(k.name, ',' ORDER BY k.place) FROM unnest(freshet.row_key(t.pgt_id)) WITH ORDINALITY AS k (name, place)
                    HAVING bool_and(k.name !~ E'[,;:\\s]') AND t.pgt_schema !~ E'[,;:\\s]' AND t.pgt_name !~ E'[,;:\\s]') AS key
              FROM freshet.pgt_stream_tables AS t
             WHERE t.downstream_publication_name = asked.publication) AS part;
    RETURN config || jsonb_strip_nulls(jsonb_build_object('message.key.columns', keys)) || jsonb_build_object(
        'connector.class', 'io.debezium.connector.postgresql.PostgresConnector',
        'tasks.max', '1',
        'database.hostname', '<host>',
        'database.port', current_setting('port'),
        'database.dbname', current_database(),
        'database.user', '<user>',
        -- In two pieces: what makes the migrations takes the whole for a placeholder of its own.
        'database.password', '$' || '{file:/etc/kafka/freshet.properties:password}',
        'plugin.name', 'pgoutput',
        'publication.name', asked.publication,
        'publication.autocreate.mode', 'disabled',
        'slot.name', asked.publication,
        -- Of each connector its own: two with the same in one worker have metrics of the same name, and the second waits a minute for the first.
        'topic.prefix', slug || '.' || asked.publication,
        'snapshot.mode', 'initial',
        'skipped.operations', 'none',
        'tombstones.on.delete', 'true',
        'decimal.handling.mode', 'string',
        'heartbeat.interval.ms', '10000',
        -- A schedule may be shorter than the half second that Debezium gathers changes for.
        'poll.interval.ms', '100',
        -- Rows and markers in one topic of one partition: there they have the order of the commits.
        'transforms', 'together',
        'transforms.together.type', 'org.apache.kafka.connect.transforms.RegexRouter',
        'transforms.together.regex', slug || E'\\.' || asked.publication || E'\\..*',
        'transforms.together.replacement', slug || '.' || regexp_replace(asked.topic, '[^A-Za-z0-9._-]', '_', 'g'));
END $$;

CREATE FUNCTION freshet.stream_table_connector_config(name text) RETURNS jsonb
LANGUAGE sql STABLE
RETURN freshet.connector_config_of(freshet.visible_stream_table(name));
COMMENT ON FUNCTION freshet.stream_table_connector_config(text) IS 'The configuration of a Debezium connector that follows the stream table''s publication.';
