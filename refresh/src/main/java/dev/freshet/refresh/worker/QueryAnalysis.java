package dev.freshet.refresh.worker;

import static java.util.Objects.requireNonNull;

import dev.freshet.catalog.database.DatabaseException;
import dev.freshet.catalog.database.Session;
import dev.freshet.refresh.maintain.Maintainability;
import dev.freshet.refresh.maintain.MaintenancePlan;
import dev.freshet.refresh.maintain.Planner;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;

/** Finds out whether a query could be maintained by differences. */
public final class QueryAnalysis {

  private static final String MISSING_INDEXES =
      """
      SELECT coalesce(jsonb_agg(jsonb_build_object('source', freshet.name_of(m.source), 'columns', m.columns,
               'rows_estimated', m.rows_estimated, 'reason', m.reason, 'statement', m.statement)), '[]')::text AS indexes
      FROM freshet.missing_indexes_of($1::text::jsonb) m\
      """;

  private final WorkerSessions sessions;
  private final Planner planner;

  public QueryAnalysis(WorkerSessions sessions, Planner planner) {
    this.sessions = sessions;
    this.planner = planner;
  }

  /** What came of an analysis. */
  public sealed interface Report {
    /** How each operator is maintained, or why it is not, as JSON. */
    record Analyzed(String json) implements Report {
      public Analyzed {
        requireNonNull(json);
      }
    }

    /** PostgreSQL refuses the query. */
    record Refused(String code, String message, String hint) implements Report {}
  }

  /**
   * Analyses a question's query.
   *
   * @param question with the canonical {@code query}
   */
  public Report analyze(JsonObject question) {
    Session session = sessions.take();
    try {
      MaintenancePlan plan = planner.analyze(session, question.getString("query"));
      JsonObject report = new JsonObject(plan.report());
      JsonArray lookups = report.getJsonArray("lookups", new JsonArray());
      Row missing = session.execute(MISSING_INDEXES, lookups.encode()).iterator().next();
      report.put("missing_indexes", new JsonArray(missing.getString("indexes")));
      switch (plan.maintainability()) {
        case Maintainability.Differential() ->
            report.put("effective_mode", "DIFFERENTIAL").put("code", "differentiable");
        case Maintainability.FullOnly(String code, String sentence, int position) ->
            report
                .put("effective_mode", "FULL")
                .put("code", code)
                .put("reason", sentence)
                .put("position", position);
      }
      return new Report.Analyzed(report.encode());
    } catch (DatabaseException refused) {
      return new Report.Refused(
          refused.sqlState().isEmpty() ? "08006" : refused.sqlState(),
          String.valueOf(refused.getMessage()),
          refused.hint().orElse("Correct the query."));
    } finally {
      sessions.giveBack(session);
    }
  }
}
