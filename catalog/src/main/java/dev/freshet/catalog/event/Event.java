package dev.freshet.catalog.event;

/**
 * A fact about a stream table, as the log keeps it. The publishers' families are sealed; see their
 * packages.
 */
public interface Event {}
