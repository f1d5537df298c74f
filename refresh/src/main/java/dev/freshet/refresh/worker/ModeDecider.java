package dev.freshet.refresh.worker;

import dev.freshet.catalog.cost.CostForecast;
import dev.freshet.refresh.capture.ShapeChange;
import dev.freshet.refresh.maintain.Maintainability;
import java.util.List;
import java.util.Optional;

/**
 * Chooses how a stream table is refreshed. Pure.
 *
 * <p>First what is wrong with the changes known, since then only the whole query is right; then
 * what is cheaper: as refreshes of this stream table have shown, or, as long as they have shown too
 * little, by the share of its sources that has changed.
 */
final class ModeDecider {

  /** Below this many rows FULL costs next to nothing anyway, and estimates mean little. */
  private static final double TUPLES_MIN = 1000;

  private final double fullThreshold;

  ModeDecider(double fullThreshold) {
    this.fullThreshold = fullThreshold;
  }

  /**
   * @param requested the reason for which it was asked to be refreshed
   * @param forecast what its refreshes are expected to cost
   */
  Choice decide(
      MaintainedTable table,
      MemberRow row,
      List<SourceRow> sources,
      String requested,
      CostForecast forecast) {
    long rows = sources.stream().mapToLong(source -> source.pending().changes()).sum();
    if (!row.populated()) {
      return new Choice.Full("initial", "REINITIALIZE", rows, true);
    }
    Optional<Choice> forced = forced(row, sources, rows);
    if (forced.isPresent()) {
      return forced.get();
    }
    boolean whole =
        table.mode() == MaintainedTable.Mode.FULL
            || table.plan().maintainability() instanceof Maintainability.FullOnly
            || sources.stream().anyMatch(source -> !source.captured());
    boolean unknowable =
        table.plan().changesByItself() || sources.stream().anyMatch(source -> !source.captured());
    if (rows == 0 && !unknowable) {
      return new Choice.NothingNew();
    }
    if (whole) {
      String reason = table.mode() == MaintainedTable.Mode.FULL ? requested : "not_differentiable";
      return new Choice.Full(reason, "FULL", rows, false);
    }
    Optional<String> cheaper =
        table.mode() == MaintainedTable.Mode.AUTO
            ? cheaperWhole(sources, rows, forecast)
            : Optional.empty();
    if (cheaper.isPresent()) {
      return new Choice.Full(cheaper.get(), "FULL", rows, false);
    }
    boolean insertOnly = sources.stream().noneMatch(source -> source.pending().deletions());
    return new Choice.Differential(requested, rows, insertOnly);
  }

  /** Why the whole query is cheaper than so many differences, if it is. */
  private Optional<String> cheaperWhole(List<SourceRow> sources, long rows, CostForecast forecast) {
    return switch (forecast.verdict(rows)) {
      case FULL -> Optional.of("predicted_cost_exceeds_full");
      case DIFFERENTIAL -> Optional.empty();
      case UNKNOWN -> isLarge(sources, rows) ? Optional.of("threshold_exceeded") : Optional.empty();
    };
  }

  private static Optional<Choice> forced(MemberRow row, List<SourceRow> sources, long rows) {
    List<SourceRow> captured = sources.stream().filter(SourceRow::captured).toList();
    if (captured.stream().anyMatch(source -> isRedefined(source, row))) {
      return Optional.of(new Choice.Prepare("definition_changed"));
    }
    if (captured.stream().anyMatch(SourceRow::isCaptureBroken)) {
      return Optional.of(new Choice.Prepare("capture_changed"));
    }
    if (row.fullReason().isPresent()) {
      String reason = row.fullReason().get();
      return Optional.of(new Choice.Full(reason, actionFor(reason), rows, false));
    }
    if (captured.stream().anyMatch(source -> source.change() != ShapeChange.NONE)) {
      return Optional.of(new Choice.Full("capture_changed", "REINITIALIZE", rows, false));
    }
    if (captured.stream().anyMatch(source -> source.pending().truncated())) {
      return Optional.of(new Choice.Full("truncated", "FULL", rows, false));
    }
    if (captured.stream().anyMatch(source -> source.pending().gap())) {
      return Optional.of(new Choice.Full("buffer_limit", "FULL", rows, false));
    }
    return Optional.empty();
  }

  /** Its plan was made for another shape; unless a FULL is due anyway, with a plan made since. */
  private static boolean isRedefined(SourceRow source, MemberRow row) {
    return source.shape().isEmpty()
        || (row.fullReason().isEmpty() && source.change() == ShapeChange.DEFINITION_CHANGED);
  }

  private static String actionFor(String fullReason) {
    return switch (fullReason) {
      case "definition_changed", "capture_changed", "repair" -> "REINITIALIZE";
      default -> "FULL";
    };
  }

  private boolean isLarge(List<SourceRow> sources, long rows) {
    double tuples =
        sources.stream()
            .filter(source -> source.pending().changes() > 0)
            .mapToDouble(source -> Math.max(0, source.tuples()))
            .sum();
    return tuples >= TUPLES_MIN && rows > fullThreshold * tuples;
  }
}
