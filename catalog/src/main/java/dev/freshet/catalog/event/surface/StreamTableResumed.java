package dev.freshet.catalog.event.surface;

/** A suspended stream table is to be refreshed again. */
public record StreamTableResumed() implements SurfaceEvent {}
