package dev.freshet.catalog.event.refresh;

/** A requested round of housekeeping has ended. */
public record HousekeepingDone(long tickId) implements WorkOutcome {}
