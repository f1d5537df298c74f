-- Which publication carries a stream table's changes to those who follow it: recorded by events, of stream 'publication:<pgt_id>'.
ALTER TABLE freshet.definition ADD COLUMN downstream_publication_name text;
COMMENT ON COLUMN freshet.definition.downstream_publication_name IS 'The publication that it is in, by a command; NULL if in none.';

CREATE FUNCTION freshet.project_publication(e freshet.event) RETURNS void
LANGUAGE plpgsql
AS $$
BEGIN
    UPDATE freshet.definition AS d
       SET downstream_publication_name = CASE e.type WHEN 'PublicationDropped' THEN NULL ELSE e.payload ->> 'publication' END,
           updated_at = e.at
     WHERE d.pgt_id = freshet.subject_of(e.stream);
END
$$;

REVOKE ALL ON FUNCTION freshet.project_publication(freshet.event) FROM PUBLIC;
