package dev.freshet.catalog.event.refresh;

/** What came of requested work, sent on channel {@code refresh-outcomes}; the log has the facts. */
public sealed interface WorkOutcome permits ComponentRefreshed, Prepared, HousekeepingDone {}
