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
            row.getDouble("met_ms"),
            row.getDouble("total_ms"));
  }

  private static List<Double> numbers(Row row, String column) {
    return List.of(row.getArrayOfDoubles(column));
  }

  void store(Collection<Held> all) {
    JsonArray rows = new JsonArray();
    for (Held held : all) {
      Freshness freshness = held.freshness();
      rows.add(
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
              .put("met_ms", freshness.metMs())
              .put("total_ms", freshness.totalMs()));
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

  void alert(String event, Objective objective, Freshness freshness) {
    session.execute(ALERT, event, objective.pgtId(), figures(objective, freshness).encode());
  }

  /** What a tier was chosen, or an alarm raised, for. */
  private static JsonObject figures(Objective objective, Freshness freshness) {
    return new JsonObject()
        .put("tier", objective.tier().word())
        .put("freshness_deadline_ms", objective.sla().toMillis())
        .put("measured_ms", freshness.gapMs())
        .put("expected_ms", TierDecider.gapMs(objective, freshness))
        .put("wait_ms", freshness.waits().p95())
        .put("duration_ms", freshness.durations().p95());
  }
}
