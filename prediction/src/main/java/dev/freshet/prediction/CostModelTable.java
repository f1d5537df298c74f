package dev.freshet.prediction;

import static java.util.Objects.requireNonNull;

import dev.freshet.catalog.cost.CostCurve;
import dev.freshet.catalog.cost.CostForecast;
import dev.freshet.catalog.database.Session;
import dev.freshet.catalog.database.SqlFile;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** {@code freshet.cost_model}: writes what has changed since it was last written. */
final class CostModelTable {

  private static final String STORE = SqlFile.read(CostModelTable.class, "store-cost-models.sql");

  private final double fullThreshold;
  private Map<Long, JsonObject> stored = Map.of();

  CostModelTable(double fullThreshold) {
    this.fullThreshold = fullThreshold;
  }

  /** A model with what it was asked last. */
  record Known(CostModel model, OptionalLong lastChanges) {
    Known {
      requireNonNull(model);
      requireNonNull(lastChanges);
    }
  }

  void store(Session session, Map<Long, Known> models, PredictionSettings settings) {
    Map<Long, JsonObject> rows = new HashMap<>();
    models.forEach((pgtId, known) -> rows.put(pgtId, row(pgtId, known, settings)));
    JsonArray changed = new JsonArray();
    rows.forEach((pgtId, row) -> {
      if (!row.equals(stored.get(pgtId))) {
        changed.add(row);
      }
    });
    if (!changed.isEmpty()) {
      session.execute(STORE, changed.encode());
    }
    stored = rows;
  }

  private JsonObject row(long pgtId, Known known, PredictionSettings settings) {
    CostModel model = known.model();
    JsonObject row =
        new JsonObject()
            .put("pgt_id", pgtId)
            .put("policy", settings.policy().text())
            .put("samples", model.samples())
            .put("decides", model.undecided().isEmpty())
            .put("window_minutes", settings.window().toMinutes())
            .put("ratio", settings.ratio())
            .put("samples_min", settings.samplesMin())
            .put("full_threshold", fullThreshold);
    model.undecided().ifPresent(why -> row.put("undecided", why));
    model.line().ifPresent(line -> row.put("r_squared", line.rSquared()));
    shown(known)
        .ifPresent(line -> row.put("slope", line.slopeMs()).put("intercept", line.interceptMs()));
    model.uncertainty().ifPresent(share -> row.put("uncertainty", share));
    CostForecast forecast = model.forecast();
    forecast
        .differential()
        .map(CostCurve::changesMax)
        .filter(changes -> changes < Long.MAX_VALUE)
        .ifPresent(changes -> row.put("changes_max", changes));
    forecast
        .fullBeyond()
        .ifPresent(changes -> {
          row.put("full_beyond", changes);
          forecast.fullMs().ifPresent(ms -> row.put("full_ms", ms));
        });
    forecast
        .overrun()
        .ifPresent(overrun ->
            row.put("overrun_changes", overrun.changes()).put("overrun_ms", overrun.ms()));
    known.lastChanges().ifPresent(changes -> row.put("last_changes", changes));
    return row;
  }

  /** The line that is fitted, or the one that stands for a model where it was asked last. */
  private static Optional<Line> shown(Known known) {
    CostForecast forecast = known.model().forecast();
    if (forecast.fullBeyond().isPresent()) {
      return forecast
          .differential()
          .map(curve -> curve.lineUpTo(known.lastChanges().orElse(1)))
          .map(line -> new Line(line.slopeMs(), line.interceptMs()));
    }
    return known.model().line().map(line -> new Line(line.slope(), line.intercept()));
  }

  private record Line(double slopeMs, double interceptMs) {}
}
