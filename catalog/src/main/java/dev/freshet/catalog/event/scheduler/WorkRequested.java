package dev.freshet.catalog.event.scheduler;

/** Work for the refresh module, sent on channel {@code refresh-requests}. */
public sealed interface WorkRequested
    permits RefreshRequested, PreparationRequested, HousekeepingRequested {}
