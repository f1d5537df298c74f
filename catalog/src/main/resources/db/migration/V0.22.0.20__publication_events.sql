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

-- As before, and with the events of publications.
CREATE OR REPLACE FUNCTION freshet.project(e freshet.event) RETURNS void
LANGUAGE plpgsql
AS $$
BEGIN
    IF e.version <> 1 THEN
        RAISE EXCEPTION 'version % of event % is unknown', e.version, e.type
            USING ERRCODE = 'FR002', HINT = 'It was written by a newer service; upgrade this one.';
    END IF;
    CASE
        WHEN e.type IN ('RefreshCompleted', 'RefreshFailed', 'RefreshSkipped', 'HistoryFolded') THEN
            PERFORM freshet.project_outcome(e);
        WHEN e.type IN ('StreamTableCreated', 'StreamTableAltered', 'StreamTableRedefined', 'StreamTableDropped',
                        'TableRenamed', 'AppendOnlyEnded', 'SourceReleased', 'DefinitionLost') THEN
            PERFORM freshet.project_definition(e);
        WHEN e.type IN ('StreamTableSuspended', 'StreamTableResumed', 'RepairWanted', 'FullRequired',
                        'SuspendedAfterErrors') THEN
            PERFORM freshet.project_condition(e);
        WHEN e.type = 'DefinitionCompiled' THEN
            PERFORM freshet.project_compiled(e);
        WHEN e.type IN ('PublicationCreated', 'PublicationDropped', 'PublicationRepaired') THEN
            PERFORM freshet.project_publication(e);
        WHEN e.type IN ('RefreshWanted', 'PopulationStarted') THEN
            NULL;
        ELSE
            RAISE EXCEPTION 'event type % is unknown', e.type
                USING ERRCODE = 'FR002', HINT = 'It was written by a newer service; upgrade this one.';
    END CASE;
END
$$;

REVOKE ALL ON FUNCTION freshet.project_publication(freshet.event) FROM PUBLIC;
