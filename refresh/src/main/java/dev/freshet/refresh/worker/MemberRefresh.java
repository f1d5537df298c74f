package dev.freshet.refresh.worker;

import dev.freshet.catalog.cost.CostForecast;
import dev.freshet.catalog.database.Session;
import dev.freshet.refresh.capture.ShapeChange;
import dev.freshet.refresh.capture.SourceShape;
import dev.freshet.refresh.maintain.DeltaStatement;
import dev.freshet.refresh.maintain.SourceChanges;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** The statements that refresh one stream table, pipelined. */
final class MemberRefresh {

  /** What the table's owner may have done to it since it was last looked at. */
  private static final String REQUIRE_SOUND =
      """
      SELECT freshet.require_trusted_code(r.relation), freshet.require_replica_identity(r.relation)
      FROM (SELECT $1::bigint::oid AS relation) AS r\
      """;

  private static final String COMPLETE =
      """
      SELECT r.rows_inserted + r.rows_updated + r.rows_deleted AS changed, r.ended
      FROM freshet.complete_refresh($1, $2, $3::bigint::oid, $4, $5, $6::bigint[]::oid[], nullif($7, '{}')::jsonb, $8::text::jsonb) AS r\
      """;

  /** A limit of all statements that compute differences, together. */
  private static final String LIMIT =
      """
      SELECT set_config('statement_timeout', greatest(1, $1::double precision - 1000 * extract(epoch FROM clock_timestamp() - $2))::bigint::text, true)\
      """;

  private final Session session;
  private final Run run;
  private final Duration timeout;

  /**
   * @param timeout of the session's statements; zero is for ever
   */
  MemberRefresh(Session session, Run run, Duration timeout) {
    this.session = session;
    this.run = run;
    this.timeout = timeout;
  }

  /**
   * A refreshed stream table.
   *
   * @param changed how many of its rows
   */
  record Done(long changed, OffsetDateTime ended) {}

  /** On its way: the statements before, and the one that completes it. */
  record Sent(List<Future<RowSet<Row>>> statements, Future<RowSet<Row>> completed) {
    Done join() {
      statements.forEach(Session::join);
      Row row = Session.join(completed).iterator().next();
      return new Done(row.getLong("changed"), row.getOffsetDateTime("ended"));
    }
  }

  /**
   * What is refreshed.
   *
   * @param changes what to read, by source, if by differences
   * @param settled whether it is known that only trusted code runs on it, and that subscribers can
   *     follow it
   * @param forecast what it was expected to cost when the choice was made
   * @param givenUp how it was tried before
   */
  record Task(
      Member member,
      MaintainedTable table,
      MemberRow row,
      List<SourceRow> sources,
      Choice choice,
      Map<Long, SourceChanges> changes,
      boolean settled,
      CostForecast forecast,
      Optional<GivenUp> givenUp,
      OffsetDateTime started) {

    /** The same done whole, if it is by differences; it begins anew. */
    Task whole(GivenUp cause, OffsetDateTime now) {
      if (!(choice instanceof Choice.Differential differential)) {
        throw new IllegalStateException("it is whole already: " + choice);
      }
      return new Task(
          member,
          table,
          row,
          sources,
          differential.whole(cause),
          Map.of(),
          settled,
          forecast,
          Optional.of(cause),
          now);
    }

    Task reading(Map<Long, SourceChanges> read) {
      return new Task(
          member, table, row, sources, choice, read, settled, forecast, givenUp, started);
    }

    /** What an outcome says: how, how many changes, and what both ways were expected to cost. */
    private JsonObject outcome(JsonObject run, String action, long rows) {
      run.put("action", action).put("delta_row_count", rows);
      forecast.differentialMs(rows).ifPresent(ms -> run.put("predicted_diff_ms", ms));
      forecast.fullMs().ifPresent(ms -> run.put("predicted_full_ms", ms));
      givenUp.ifPresent(cause -> cause.ms().ifPresent(ms -> run.put("abandoned_ms", ms)));
      return run;
    }
  }

  /**
   * Puts it on the wire.
   *
   * @param limitMs after how long its differences are given up, if they are
   */
  Sent send(Task task, OptionalDouble limitMs) {
    List<Future<RowSet<Row>>> sent = new ArrayList<>();
    if (!task.settled()) {
      sent.add(session.send(REQUIRE_SOUND, task.table().relid()));
    }
    new RecordedSettings(task.table().settings()).send(session).ifPresent(sent::add);
    JsonObject outcome =
        switch (task.choice()) {
          case Choice.Differential differential ->
              sendDifferential(task, differential, limitMs, sent);
          case Choice.Full full -> sendFull(task, full, sent);
          case Choice.NothingNew _, Choice.Prepare _ ->
              throw new IllegalStateException("nothing to send for " + task.choice());
        };
    Future<RowSet<Row>> completed =
        session.send(
            COMPLETE,
            task.row().pgtId(),
            task.row().epoch(),
            task.table().relid(),
            task.started(),
            task.row().before().array(),
            trees(task.sources()),
            changedShapes(task.sources()),
            outcome.encode());
    return new Sent(sent, completed);
  }

  private JsonObject sendDifferential(
      Task task,
      Choice.Differential choice,
      OptionalDouble limitMs,
      List<Future<RowSet<Row>>> sent) {
    WorkerSessions.planFor(session, choice.rows()).ifPresent(sent::add);
    String ownXid = task.row().ownXid().isEmpty() ? "0" : task.row().ownXid();
    for (DeltaStatement statement :
        task.table().plan().differential(task.changes(), choice.insertOnly())) {
      limitMs.ifPresent(ms -> sent.add(session.send(LIMIT, ms, task.started())));
      sent.add(
          statement.readsFrontier()
              ? session.send(statement.sql(), task.row().asOf(), ownXid)
              : session.send(statement.sql()));
    }
    limitMs.ifPresent(
        _ -> sent.add(session.sendQuery("SET LOCAL statement_timeout = " + timeout.toMillis())));
    return task.outcome(run.of(task.member(), choice.reason()), "DIFFERENTIAL", choice.rows());
  }

  private JsonObject sendFull(Task task, Choice.Full choice, List<Future<RowSet<Row>>> sent) {
    WorkerSessions.planFor(session, Long.MAX_VALUE).ifPresent(sent::add);
    List<String> statements =
        choice.intoEmpty() ? task.table().plan().populate() : task.table().plan().recompute();
    statements.forEach(statement -> sent.add(session.send(statement)));
    return task.outcome(run.of(task.member(), choice.reason()), choice.action(), choice.rows());
  }

  /** The sources with partitions or children, whose going and coming no lock keeps out. */
  private static Long[] trees(List<SourceRow> sources) {
    return sources.stream().filter(SourceRow::tree).map(SourceRow::relid).toArray(Long[]::new);
  }

  /** Those that the next refresh must compare with, as JSON by source. */
  private static String changedShapes(List<SourceRow> sources) {
    JsonObject shapes = new JsonObject();
    for (SourceRow source : sources) {
      if (source.change() != ShapeChange.NONE) {
        source
            .shape()
            .map(SourceShape::text)
            .ifPresent(shape -> shapes.put(Long.toString(source.relid()), shape));
      }
    }
    return shapes.encode();
  }
}
