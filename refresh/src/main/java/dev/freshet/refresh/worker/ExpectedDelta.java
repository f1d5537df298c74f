package dev.freshet.refresh.worker;

import static java.util.Objects.requireNonNull;

import dev.freshet.refresh.capture.PendingQuery;
import dev.freshet.refresh.maintain.DeltaStatement;
import dev.freshet.refresh.maintain.MaintenancePlan;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What a refresh by differences was, in the expectation that the next one of the same stream table
 * is of the same kind: the same sources changed, and by about as much.
 *
 * @param pending the statement that sums up what has changed, with the stream table's id as
 *     parameter
 * @param places of the sources that changed, among those of {@code settled}
 * @param insertOnly whether all changes were insertions
 * @param changesMax the powers of ten for which the statements were made, by those sources
 */
record ExpectedDelta(
    Settled settled,
    String pending,
    List<Integer> places,
    boolean insertOnly,
    List<Long> changesMax,
    List<DeltaStatement> statements) {

  ExpectedDelta {
    requireNonNull(settled);
    requireNonNull(pending);
    places = List.copyOf(places);
    changesMax = List.copyOf(changesMax);
    statements = List.copyOf(statements);
  }

  /**
   * Of a refresh that was run; empty if the next one should be looked at as a whole again: large
   * ones are planned for their sizes, and an append-only stream table that is not is a matter for
   * the log.
   */
  static Optional<ExpectedDelta> of(Settled settled, MemberRefresh.Task task) {
    if (!(task.choice() instanceof Choice.Differential(_, long rows, boolean insertOnly))
        || !MaintenancePlan.isPlannedOnce(rows)
        || (task.table().appendOnly() && !insertOnly)) {
      return Optional.empty();
    }
    List<Integer> places =
        IntStream.range(0, task.sources().size())
            .filter(place -> task.sources().get(place).pending().changes() > 0)
            .boxed()
            .toList();
    return Optional.of(
        new ExpectedDelta(
            settled,
            PendingQuery.summary(settled.pending()),
            places,
            insertOnly,
            places.stream()
                .map(place ->
                    MaintenancePlan.magnitude(task.sources().get(place).pending().changes()))
                .toList(),
            task.table().plan().differential(task.changes(), insertOnly)));
  }
}
