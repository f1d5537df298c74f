package dev.freshet.catalog.event.refresh;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A relation that a stream table reads.
 *
 * @param sourceType {@code TABLE}, {@code PARTITIONED_TABLE}, {@code STREAM_TABLE}, {@code MATVIEW}
 *     or {@code FOREIGN_TABLE}
 * @param columnsUsed attribute numbers
 * @param cdcMode {@code trigger} or {@code none}
 */
public record Dependency(
    long sourceRelid, String sourceType, List<Integer> columnsUsed, String cdcMode) {
  public Dependency {
    requireNonNull(sourceType);
    columnsUsed = List.copyOf(columnsUsed);
    requireNonNull(cdcMode);
  }
}
