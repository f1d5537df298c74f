package dev.freshet.catalog.event.surface;

/** Capture, buffers and frontier of a stream table are to be made whole again. */
public record RepairWanted() implements SurfaceEvent {}
