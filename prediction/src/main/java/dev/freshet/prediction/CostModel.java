package dev.freshet.prediction;

import static java.util.Objects.requireNonNull;

import dev.freshet.catalog.cost.CostForecast;
import dev.freshet.catalog.cost.CostLine;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * A line through the refreshes of a stream table's window, or a model of both ways, and whether it
 * may decide. Pure.
 *
 * @param samples how many refreshes by differences there are
 * @param line through them, where there is one
 * @param undecided why the fixed threshold decides; empty if the prediction does
 * @param uncertainty of what as many changes as last time cost, as a share of it; of a model only
 * @param forecast what follows for the next refresh
 */
record CostModel(
    long samples,
    Optional<Regression> line,
    Optional<String> undecided,
    OptionalDouble uncertainty,
    CostForecast forecast) {

  /** So far beyond the largest refresh that is known a line counts that chance may have drawn. */
  private static final long EXTRAPOLATION_MAX = 10;

  CostModel {
    requireNonNull(line);
    requireNonNull(undecided);
    requireNonNull(uncertainty);
    requireNonNull(forecast);
  }

  /** Fits it to what the window holds. */
  static CostModel of(CostHistory history, Instant now, PredictionSettings settings) {
    CostHistory.Slice points = history.pointsOf(now, settings.window());
    OptionalDouble fullMs = history.fullMs();
    long samples = points.moments().count();
    Optional<Regression> line = Regression.of(points.moments());
    Optional<String> undecided = undecided(samples, line, fullMs, settings);
    Optional<CostLine> usable =
        undecided.isEmpty()
            ? line.map(found ->
                new CostLine(
                    found.intercept(), found.slope(), changesMax(found, points.changesMax())))
            : Optional.empty();
    return new CostModel(
        samples,
        line,
        undecided,
        OptionalDouble.empty(),
        new CostForecast(
            usable,
            fullMs,
            OptionalLong.empty(),
            settings.ratio(),
            history.countedOverrun(),
            settings.patience()));
  }

  /** A model of both ways, which decides from the first FULL on. */
  static CostModel of(
      CostHistory history,
      LearnedCosts.Known known,
      Load load,
      Instant now,
      PredictionSettings settings) {
    Moments points = history.pointsOf(now, settings.window()).moments();
    TwoArms arms = known.arms();
    Extent extent = known.extent();
    return new CostModel(
        points.count(),
        Regression.of(points),
        Optional.empty(),
        OptionalDouble.of(arms.uncertainty(extent, history.lastChanges().orElse(1))),
        new CostForecast(
            Optional.of(arms.curve(extent, load.factor())),
            OptionalDouble.of(load.factor() * arms.fullMs(extent)),
            OptionalLong.of(arms.fullBeyond(extent)),
            settings.ratio(),
            history.countedOverrun(),
            settings.patience()));
  }

  /** Where a model of both ways cannot be made yet. */
  static CostModel ofNothing(CostHistory history, Instant now, PredictionSettings settings) {
    Moments points = history.pointsOf(now, settings.window()).moments();
    String why =
        history.fullMs().isEmpty()
            ? "it is not known what a FULL refresh takes"
            : "it is not known how large its sources are";
    return new CostModel(
        points.count(),
        Regression.of(points),
        Optional.of(why),
        OptionalDouble.empty(),
        CostForecast.NONE);
  }

  private static Optional<String> undecided(
      long samples, Optional<Regression> line, OptionalDouble fullMs, PredictionSettings settings) {
    if (samples < settings.samplesMin()) {
      return Optional.of(
          "%d of the %d refreshes by differences that a prediction needs are known"
              .formatted(samples, settings.samplesMin()));
    }
    if (fullMs.isEmpty()) {
      return Optional.of("it is not known what a FULL refresh takes");
    }
    if (line.isEmpty()) {
      return Optional.of("all refreshes known had the same number of changes");
    }
    return line.get().slope() < 0
        ? Optional.of("more changes took less time in the refreshes known")
        : Optional.empty();
  }

  /**
   * A line that is steeper than chance holds everywhere. Another one errs, near its points, by no
   * more than they differ; far away by anything, and one change more or less in a cheap refresh
   * would decide about an expensive one.
   */
  private static long changesMax(Regression line, long largest) {
    return line.isSignificant()
        ? Long.MAX_VALUE
        : EXTRAPOLATION_MAX * Math.min(largest, Long.MAX_VALUE / EXTRAPOLATION_MAX);
  }
}
