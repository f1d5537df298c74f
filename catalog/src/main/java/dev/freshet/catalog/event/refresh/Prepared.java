package dev.freshet.catalog.event.refresh;

/** A requested preparation has ended; the catalog says how. */
public record Prepared(long pgtId) implements WorkOutcome {}
