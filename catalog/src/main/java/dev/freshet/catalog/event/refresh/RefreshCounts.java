package dev.freshet.catalog.event.refresh;

/** How many refreshes there were, and how they ended. */
public record RefreshCounts(long total, long successful, long failed) {}
