package dev.freshet.catalog.event.surface;

/**
 * A stream table is gone.
 *
 * @param noticed it went with a plain {@code DROP TABLE}, and the service found out afterwards
 */
public record StreamTableDropped(boolean noticed) implements SurfaceEvent {}
