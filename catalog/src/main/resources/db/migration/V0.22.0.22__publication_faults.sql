-- What a publication of ours should be, and what it is. The catalog says which stream tables it holds; it publishes insertions,
-- updates and deletions of whole rows, and no truncation, which Debezium would not pass on and we never do.

CREATE FUNCTION freshet.publication_comment(publication text) RETURNS text
LANGUAGE sql IMMUTABLE
RETURN 'Changes of stream tables, published by Freshet as ' || publication || '.';
COMMENT ON FUNCTION freshet.publication_comment(text) IS 'The comment on a publication of ours, by which it is known after it was renamed.';

-- Which object each publication of ours is. Its comment finds it after it was renamed; where somebody took that away as well, a
-- second one was made and the first was left behind, with our tables in it. Bookkeeping of this database, not projected: in a restored
-- dump ids are others, so a row counts only where it was written.
CREATE TABLE freshet.publication_object (
    publication       text   PRIMARY KEY,
    pubid             oid    NOT NULL,
    database_oid      oid    NOT NULL,
    system_identifier bigint NOT NULL
);
COMMENT ON TABLE freshet.publication_object IS 'The object that each publication of stream tables is, whatever it is called now.';
REVOKE ALL ON freshet.publication_object FROM PUBLIC;

CREATE FUNCTION freshet.note_publication(publication text) RETURNS void
LANGUAGE sql VOLATILE SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    INSERT INTO freshet.publication_object AS o (publication, pubid, database_oid, system_identifier)
    SELECT note_publication.publication, p.oid, d.oid, c.system_identifier
      FROM pg_publication AS p, pg_database AS d, pg_control_system() AS c
     WHERE p.pubname = note_publication.publication AND d.datname = current_database()
    ON CONFLICT ON CONSTRAINT publication_object_pkey DO UPDATE
       SET pubid = excluded.pubid, database_oid = excluded.database_oid, system_identifier = excluded.system_identifier;
END;
COMMENT ON FUNCTION freshet.note_publication(text) IS 'Notes which object a publication of ours is, found by its name.';
REVOKE ALL ON FUNCTION freshet.note_publication(text) FROM PUBLIC;

-- The noted object; as its owner may be anybody since, the view of faults is everybody's, and the table is not.
CREATE FUNCTION freshet.noted_publication(publication text) RETURNS oid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN (SELECT o.pubid FROM freshet.publication_object AS o, pg_database AS d, pg_control_system() AS c
         WHERE o.publication = noted_publication.publication AND d.datname = current_database()
           AND o.database_oid = d.oid AND o.system_identifier = c.system_identifier);

-- The publication of ours of that name, whatever it is called now; NULL if there is none.
CREATE FUNCTION freshet.find_publication(publication text) RETURNS oid
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
RETURN (SELECT p.oid FROM pg_publication AS p
         WHERE p.pubname = publication
            OR p.oid = freshet.noted_publication(publication)
            OR p.pubowner = freshet.service_role() AND obj_description(p.oid, 'pg_publication') = freshet.publication_comment(publication)
         ORDER BY (p.pubname = publication) DESC, (p.oid = freshet.noted_publication(publication)) DESC NULLS LAST, p.oid LIMIT 1);
COMMENT ON FUNCTION freshet.find_publication(text) IS 'The publication of ours that was made under a name.';

-- One row per difference. Views show what the caller may see; the service sees all.
--   dropped, renamed, owner      of the publication itself: pgt_id is NULL
--   operations                   it publishes others than it should, or partitions by their own names
--   all_tables                   it was made anew by somebody else, for all tables
--   removed, restricted          a stream table is not in it, or with some of its columns or rows only
--   identity                     a stream table has no replica identity, so that its refreshes would fail; or another one than its
--                                primary key, from which Debezium makes wrong keys, without an error
CREATE VIEW freshet.pgt_publication_faults WITH (security_barrier) AS
WITH member AS (
    SELECT d.pgt_id, d.relid, d.downstream_publication_name AS publication
      FROM freshet.definition AS d
      JOIN pg_catalog.pg_class AS c ON c.oid = d.relid
     WHERE d.downstream_publication_name IS NOT NULL AND freshet.may_see(d.relid)
), known AS (
    SELECT m.publication, p.oid, p.pubname, p.pubowner, p.puballtables,
           p.pubinsert AND p.pubupdate AND p.pubdelete AND NOT p.pubtruncate AND p.pubviaroot AS whole
      FROM (SELECT DISTINCT publication FROM member) AS m
      LEFT JOIN pg_catalog.pg_publication AS p ON p.oid = freshet.find_publication(m.publication)
)
SELECT k.publication, NULL::bigint AS pgt_id, f.fault, f.rank
  FROM known AS k
 CROSS JOIN LATERAL (
       SELECT 1 AS rank, 'dropped' AS fault WHERE k.oid IS NULL
        UNION ALL SELECT 2, 'renamed' WHERE k.pubname <> k.publication
        UNION ALL SELECT 3, 'owner' WHERE k.pubowner <> freshet.service_role()
        UNION ALL SELECT 4, 'all_tables' WHERE k.puballtables
        UNION ALL SELECT 5, 'operations' WHERE NOT k.whole) AS f
UNION ALL
SELECT m.publication, m.pgt_id, f.fault, f.rank
  FROM member AS m
  JOIN known AS k USING (publication)
  JOIN pg_catalog.pg_class AS c ON c.oid = m.relid
  LEFT JOIN pg_catalog.pg_publication_rel AS r ON r.prpubid = k.oid AND r.prrelid = m.relid
 CROSS JOIN LATERAL (
       SELECT 6 AS rank, 'removed' AS fault WHERE r.oid IS NULL AND k.puballtables IS NOT TRUE
        UNION ALL SELECT 7, 'restricted' WHERE r.prattrs IS NOT NULL OR r.prqual IS NOT NULL
        UNION ALL SELECT 8, 'identity'
         WHERE NOT CASE c.relreplident
                        WHEN 'f' THEN true
                        WHEN 'd' THEN EXISTS (SELECT FROM pg_catalog.pg_index AS i WHERE i.indrelid = c.oid AND i.indisprimary)
                        WHEN 'i' THEN EXISTS (SELECT FROM pg_catalog.pg_index AS i WHERE i.indrelid = c.oid AND i.indisreplident)
                             AND NOT EXISTS (SELECT FROM pg_catalog.pg_index AS i WHERE i.indrelid = c.oid AND i.indisprimary AND NOT i.indisreplident)
                        ELSE false END) AS f;
COMMENT ON VIEW freshet.pgt_publication_faults IS 'How publications of stream tables differ from what they should be; the service mends them.';
GRANT SELECT ON freshet.pgt_publication_faults TO PUBLIC;

-- Two that work on one publication take turns.
CREATE FUNCTION freshet.lock_publication(publication text) RETURNS void
LANGUAGE sql VOLATILE SET search_path = pg_catalog, pg_temp
RETURN pg_advisory_xact_lock(1718775924, hashtext(publication));
REVOKE ALL ON FUNCTION freshet.lock_publication(text) FROM PUBLIC;
