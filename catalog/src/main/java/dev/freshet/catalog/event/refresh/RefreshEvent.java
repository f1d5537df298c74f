package dev.freshet.catalog.event.refresh;

import dev.freshet.catalog.event.Event;

/** Something that the service has done, or found out, about a stream table. */
public sealed interface RefreshEvent extends Event
    permits DefinitionCompiled,
        PopulationStarted,
        RefreshCompleted,
        RefreshFailed,
        RefreshSkipped,
        FullRequired,
        SuspendedAfterErrors,
        AppendOnlyEnded,
        TableRenamed,
        HistoryFolded {}
