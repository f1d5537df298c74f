package dev.freshet.catalog.event.refresh;

/** A stream table is being filled for the first time; about this much is expected. */
public record PopulationStarted(long estimatedRows, long estimatedBytes) implements RefreshEvent {}
