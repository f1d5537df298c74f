package dev.freshet.catalog.event.refresh;

/** Rows of the stream table that changed. */
public record RowCounts(long inserted, long updated, long deleted) {}
