package dev.freshet.catalog.event.refresh;

/** An update or a deletion arrived from a source that was promised to be appended to only. */
public record AppendOnlyEnded() implements RefreshEvent {}
