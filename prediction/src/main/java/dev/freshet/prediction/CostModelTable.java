package dev.freshet.prediction;

import static java.util.Objects.requireNonNull;

import dev.freshet.catalog.cost.CostLine;
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
            .put("samples", model.samples())
            .put("decides", model.undecided().isEmpty())
            .put("window_minutes", settings.window().toMinutes())
            .put("ratio", settings.ratio())
            .put("samples_min", settings.samplesMin())
            .put("full_threshold", fullThreshold);
    model.undecided().ifPresent(why -> row.put("undecided", why));
    model
        .line()
        .ifPresent(line ->
            row.put("slope", line.slope())
                .put("intercept", line.intercept())
                .put("r_squared", line.rSquared()));
    Optional<CostLine> deciding = model.forecast().differential();
    deciding
        .filter(line -> line.changesMax() < Long.MAX_VALUE)
        .ifPresent(line -> row.put("changes_max", line.changesMax()));
    model
        .forecast()
        .overrun()
        .ifPresent(overrun ->
            row.put("overrun_changes", overrun.changes()).put("overrun_ms", overrun.ms()));
    known.lastChanges().ifPresent(changes -> row.put("last_changes", changes));
    return row;
  }
}
