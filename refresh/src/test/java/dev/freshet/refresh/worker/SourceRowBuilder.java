package dev.freshet.refresh.worker;

import dev.freshet.refresh.capture.PendingChanges;
import dev.freshet.refresh.capture.SourceShape;
import java.util.Optional;
import java.util.Set;

/** A source for tests: captured, of ten thousand rows, as the last refresh saw it. */
final class SourceRowBuilder {

  private static final SourceShape SHAPE = new SourceShape("d1", "c1");

  private boolean captured = true;
  private Optional<SourceShape> shape = Optional.of(SHAPE);
  private Optional<SourceShape> shapeThen = Optional.of(SHAPE);
  private double tuples = 10_000;
  private long changes;
  private boolean deletions;
  private boolean truncated;
  private boolean gap;

  static SourceRowBuilder source() {
    return new SourceRowBuilder();
  }

  SourceRowBuilder uncaptured() {
    captured = false;
    return shape(new SourceShape("d1", "none"));
  }

  SourceRowBuilder shape(SourceShape present) {
    shape = Optional.of(present);
    return this;
  }

  SourceRowBuilder gone() {
    shape = Optional.empty();
    return this;
  }

  SourceRowBuilder neverSeen() {
    shapeThen = Optional.empty();
    return this;
  }

  SourceRowBuilder tuples(double estimate) {
    tuples = estimate;
    return this;
  }

  SourceRowBuilder insertions(long count) {
    changes = count;
    return this;
  }

  SourceRowBuilder changes(long count) {
    changes = count;
    deletions = true;
    return this;
  }

  SourceRowBuilder truncated() {
    truncated = true;
    return this;
  }

  SourceRowBuilder gap() {
    gap = true;
    return this;
  }

  SourceRow build() {
    return new SourceRow(
        1,
        100,
        captured,
        shape,
        shapeThen,
        false,
        tuples,
        new PendingChanges(0, Set.of(1), changes, deletions, truncated, gap));
  }
}
