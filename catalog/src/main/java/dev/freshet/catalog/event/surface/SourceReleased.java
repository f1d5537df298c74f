package dev.freshet.catalog.event.surface;

/**
 * What pinned a source was let go of, for a migration; its readers are to be defined again after
 * it.
 */
public record SourceReleased(long sourceRelid) implements SurfaceEvent {}
