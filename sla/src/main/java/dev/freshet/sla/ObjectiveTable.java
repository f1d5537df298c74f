package dev.freshet.sla;

import static java.util.Objects.requireNonNull;

import dev.freshet.catalog.database.Session;
import dev.freshet.catalog.freshness.Tier;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Objectives, and how they were met, in the catalog. */
final class ObjectiveTable {

  private static final String READ = "SELECT * FROM freshet.objectives_held()";
  private static final String STORE = "SELECT freshet.store_freshness($1::text::jsonb)";
  private static final String ASSIGN =
      "SELECT freshet.assign_tier($1, $2, $3, $4::text::jsonb) AS assigned";
  private static final String ALERT = "SELECT freshet.alert($1, 'warning', $2, $3::text::jsonb)";

  private final Session session;

  ObjectiveTable(Session session) {
    this.session = session;
  }

  /** An objective with what was measured under it. */
  record Held(Objective objective, Freshness freshness) {
    Held {
      requireNonNull(objective);
      requireNonNull(freshness);
    }
  }

  /** All that are in force. */
  Map<Long, Held> read() {
    Map<Long, Held> held = new HashMap<>();
    for (Row row : session.execute(READ)) {
      Objective objective =
          new Objective(
              row.getLong("pgt_id"),
              Duration.ofMillis(row.getLong("objective_ms")),
              Optional.ofNullable(row.getDouble("period_ms"))
                  .map(ms -> Duration.ofMillis(Math.round(ms))),
              Tier.of(row.getString("tier")),
              row.getBoolean("tier_by_hand"));
      held.put(objective.pgtId(), new Held(objective, freshness(row)));
    }
    return held;
  }

  private static Freshness freshness(Row row) {
    return row.getInteger("exceeded") == null
        ? Freshness.NONE
        : new Freshness(
            row.getInteger("exceeded"),
            row.getInteger("spare"),
            row.getInteger("patience"),
            row.getBoolean("demoted"),
            row.getDouble("gap_ms"),
            new Recent(numbers(row, "waits")),
            new Recent(numbers(row, "durations")),
            new Budget(
                new Budget.Measured(row.getDouble("met_ms"), row.getDouble("total_ms")),
                new Budget.Measured(row.getDouble("hour_met_ms"), row.getDouble("hour_total_ms")),
                row.getDouble("worst_ms"),
                row.getDouble("worst_before_ms")));
  }

  private static List<Double> numbers(Row row, String column) {
    return List.of(row.getArrayOfDoubles(column));
  }

  void store(Collection<Held> all) {
    JsonArray rows = new JsonArray();
    for (Held held : all) {
      Freshness freshness = held.freshness();
      Budget budget = freshness.budget();
      JsonObject row =
          new JsonObject()
              .put("pgt_id", held.objective().pgtId())
              .put("exceeded", freshness.exceeded())
              .put("spare", freshness.spare())
              .put("patience", freshness.patience())
              .put("demoted", freshness.demoted())
              .put("gap_ms", freshness.gapMs())
              .put("waits", new JsonArray(freshness.waits().values()))
              .put("durations", new JsonArray(freshness.durations().values()))
              .put("wait_ms", freshness.waits().p95())
              .put("duration_ms", freshness.durations().p95())
              .put("met_ms", budget.day().metMs())
              .put("total_ms", budget.day().totalMs())
              .put("hour_met_ms", budget.hour().metMs())
              .put("hour_total_ms", budget.hour().totalMs())
              .put("worst_ms", budget.worstMs())
              .put("worst_before_ms", budget.worstBeforeMs())
              .put("budget_left", budget.left())
              .put("burn_rate", budget.burnRate());
      BreachRisk.of(held.objective(), freshness)
          .ifPresent(risk -> row.put("breach_probability", risk));
      rows.add(row);
    }
    if (!rows.isEmpty()) {
      session.execute(STORE, rows.encode());
    }
  }

  /**
   * Moves a stream table to another tier, with an event.
   *
   * @return false if somebody has done something else meanwhile
   */
  boolean assign(Objective present, Objective next, Freshness freshness) {
    return session
        .execute(
            ASSIGN,
            present.pgtId(),
            present.tier().word(),
            next.tier().word(),
            figures(next, freshness).encode())
        .iterator()
        .next()
        .getBoolean("assigned");
  }

  /**
   * Tells whoever listens.
   *
   * @param event {@code sla_breached}, {@code sla_predicted_breach} or {@code sla_burn_rate}
   */
  void alert(String event, Objective objective, Freshness freshness) {
    session.execute(ALERT, event, objective.pgtId(), figures(objective, freshness).encode());
  }

  /** What a tier was chosen, or an alarm raised, for. */
  private static JsonObject figures(Objective objective, Freshness freshness) {
    JsonObject figures =
        new JsonObject()
            .put("tier", objective.tier().word())
            .put("freshness_deadline_ms", objective.sla().toMillis())
            .put("measured_ms", freshness.gapMs())
            .put("expected_ms", TierDecider.gapMs(objective, freshness))
            .put("wait_ms", freshness.waits().p95())
            .put("duration_ms", freshness.durations().p95())
            .put("error_budget_left", freshness.budget().left())
            .put("burn_rate", freshness.budget().burnRate());
    BreachRisk.of(objective, freshness).ifPresent(risk -> figures.put("breach_probability", risk));
    return figures;
  }
}
