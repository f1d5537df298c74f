package dev.freshet.refresh.worker;

import dev.freshet.catalog.database.DatabaseException;
import dev.freshet.catalog.database.Session;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** Answers what procedures ask the service, each question on a thread of its own. */
public final class ServiceRequests {

  private static final Logger LOG = Logger.getLogger(ServiceRequests.class);
  private static final int SIMULTANEOUS_MAX = 8;

  private static final String UNANSWERED =
      """
      SELECT request_id, kind, pgt_id, body::text AS body FROM freshet.service_request
      WHERE answered_at IS NULL ORDER BY asked_at LIMIT $1\
      """;

  private final WorkerSessions sessions;
  private final VerifyStreamTable verification;
  private final QueryAnalysis analysis;
  private final Set<UUID> underWay = ConcurrentHashMap.newKeySet();

  public ServiceRequests(
      WorkerSessions sessions, VerifyStreamTable verification, QueryAnalysis analysis) {
    this.sessions = sessions;
    this.verification = verification;
    this.analysis = analysis;
  }

  /** A question. */
  private record Question(UUID id, String kind, Long pgtId, JsonObject body) {}

  /** Begins to answer what is not being answered yet. */
  void answer(Session session) {
    List<Question> questions = new ArrayList<>();
    for (Row row : session.execute(UNANSWERED, SIMULTANEOUS_MAX)) {
      questions.add(
          new Question(
              row.getUUID("request_id"),
              row.getString("kind"),
              row.getLong("pgt_id"),
              new JsonObject(row.getString("body"))));
    }
    for (Question question : questions) {
      if (underWay.add(question.id())) {
        Thread.ofVirtual().name("freshet-answer").start(() -> answer(question));
      }
    }
  }

  private void answer(Question question) {
    try {
      switch (question.kind()) {
        case "verify" -> write(question, verification.verify(question.pgtId()));
        case "analyze" -> write(question, analysis.analyze(question.body()));
        default -> throw new IllegalStateException("unknown question " + question.kind());
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (DatabaseException failed) {
      LOG.warnf("a question of kind %s is asked again: %s", question.kind(), failed.getMessage());
    } catch (RuntimeException defect) {
      LOG.errorf(defect, "a question of kind %s was not answered", question.kind());
      FailureLog.Cause why = FailureLog.Cause.of(defect);
      refuse(question, why.code(), why.message(), why.hint().orElseThrow());
    } finally {
      underWay.remove(question.id());
    }
  }

  private void write(Question question, VerifyStreamTable.Verdict verdict) {
    switch (verdict) {
      case VerifyStreamTable.Verdict.Compared(long missing, long unexpected) ->
          answer(
              question,
              new JsonObject().put("missing", missing).put("unexpected", unexpected).encode());
      case VerifyStreamTable.Verdict.NotCompared(String code, String message, String hint) ->
          refuse(question, code, message, hint);
    }
  }

  private void write(Question question, QueryAnalysis.Report report) {
    switch (report) {
      case QueryAnalysis.Report.Analyzed(String json) -> answer(question, json);
      case QueryAnalysis.Report.Refused(String code, String message, String hint) ->
          refuse(question, code, message, hint);
    }
  }

  private void answer(Question question, String json) {
    Session session = sessions.take();
    try {
      session.execute("SELECT freshet.answer_request($1, $2::text::jsonb)", question.id(), json);
    } finally {
      sessions.giveBack(session);
    }
  }

  private void refuse(Question question, String code, String message, String hint) {
    Session session = sessions.take();
    try {
      session.execute(
          "SELECT freshet.refuse_request($1, $2, $3, $4)", question.id(), code, message, hint);
    } finally {
      sessions.giveBack(session);
    }
  }
}
