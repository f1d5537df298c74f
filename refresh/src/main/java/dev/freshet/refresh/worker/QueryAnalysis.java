package dev.freshet.refresh.worker;

import static java.util.Objects.requireNonNull;

import dev.freshet.catalog.database.DatabaseException;
import dev.freshet.catalog.database.Session;
import dev.freshet.refresh.maintain.Maintainability;
import dev.freshet.refresh.maintain.MaintenancePlan;
import dev.freshet.refresh.maintain.Planner;
import io.vertx.core.json.JsonObject;

/** Finds out whether a query could be maintained by differences. */
public final class QueryAnalysis {

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
