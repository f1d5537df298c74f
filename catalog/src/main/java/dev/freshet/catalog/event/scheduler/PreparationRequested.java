package dev.freshet.catalog.event.scheduler;

/**
 * A stream table whose definition or capture has changed, to be compiled and captured before its
 * next refresh.
 *
 * @param epoch the epoch of its frontier that made this necessary
 */
public record PreparationRequested(long pgtId, long epoch) implements WorkRequested {}
