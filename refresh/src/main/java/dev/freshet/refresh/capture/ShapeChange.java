package dev.freshet.refresh.capture;

/**
 * How a source's shape differs from the one at the last refresh; anything but {@link #NONE} means
 * FULL.
 */
public enum ShapeChange {
  NONE,
  /** Columns, keys, partitions and the like: the delta may have to be compiled anew. */
  DEFINITION_CHANGED,
  /** Changes may have passed by unseen. */
  CAPTURE_CHANGED
}
