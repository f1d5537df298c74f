package dev.freshet.catalog.event.scheduler;

/**
 * Time to look for what others have done in the catalogs, to empty buffers, to answer questions.
 */
public record HousekeepingRequested(long tickId) implements WorkRequested {}
