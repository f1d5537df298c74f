package dev.freshet.catalog.event.surface;

import dev.freshet.catalog.event.Event;

/** Something that a user has commanded. */
public sealed interface SurfaceEvent extends Event
    permits StreamTableCreated,
        StreamTableAltered,
        StreamTableRedefined,
        StreamTableDropped,
        StreamTableSuspended,
        StreamTableResumed,
        RepairWanted,
        SourceReleased,
        RefreshWanted,
        SlaSet {}
