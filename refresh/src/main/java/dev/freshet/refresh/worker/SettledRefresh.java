package dev.freshet.refresh.worker;

import dev.freshet.catalog.cost.CostForecast;
import dev.freshet.catalog.cost.CostLine;
import dev.freshet.catalog.database.DatabaseException;
import dev.freshet.catalog.database.Session;
import dev.freshet.catalog.event.refresh.MemberOutcome;
import dev.freshet.refresh.maintain.DeltaStatement;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A refresh like the last one, in one statement and one round trip: {@code freshet.refresh_settled}
 * looks whether it may be, and otherwise does nothing.
 */
final class SettledRefresh {

  private static final String TRY_LOCK =
      "SELECT set_config('freshet.locked', pg_try_advisory_lock(1718775923, $1)::text, false)";
  private static final String REFRESH =
      """
      SELECT freshet.refresh_settled($1, $2, $3::bigint::oid, $4::bigint[]::oid[], $5, $6, $7, $8, $9, $10, $11, $12,
                                     $13::bigint[]::oid[], $14, $15, $16::text::jsonb) AS outcome\
      """;
  private static final List<String> FRONTIER = List.of("text", "text");

  private final Session session;
  private final Run run;
  private final WorkerSettings settings;

  SettledRefresh(Session session, Run run, WorkerSettings settings) {
    this.session = session;
    this.run = run;
    this.settings = settings;
  }

  /** The most changes that it may find. */
  static long changesMax(ExpectedDelta expected) {
    return expected.changesMax().stream().mapToLong(Long::longValue).sum();
  }

  /**
   * Runs it to the end of its transaction. The lock is the caller's to give up.
   *
   * @param forecast what it is expected to cost
   * @param limitMs after how long it is given up, if it is
   * @return the outcome; empty if nothing was done, because something is not as expected or failed:
   *     the ordinary way finds out what to make of it
   * @throws DatabaseException if it was cancelled, or the connection broke
   */
  Optional<MemberOutcome> attempt(
      Member member, ExpectedDelta expected, CostForecast forecast, OptionalDouble limitMs) {
    try {
      return run(member, expected, forecast, limitMs);
    } catch (DatabaseException failed) {
      switch (failed.category()) {
        case CANCELLED, CONNECTION -> throw failed;
        case CONTENTION, RESOURCES, STATEMENT ->
            session.query("ROLLBACK; SELECT pg_advisory_unlock_all()");
      }
      return Optional.empty();
    }
  }

  private Optional<MemberOutcome> run(
      Member member, ExpectedDelta expected, CostForecast forecast, OptionalDouble limitMs) {
    Settled settled = expected.settled();
    MaintainedTable table = settled.table();
    String pending = session.named(expected.pending(), List.of("bigint"));
    String[] deltas =
        expected.statements().stream()
            .map(delta -> session.named(delta.sql(), delta.readsFrontier() ? FRONTIER : List.of()))
            .toArray(String[]::new);
    RecordedSettings recorded = new RecordedSettings(table.settings());
    Future<RowSet<Row>> locked = session.send(TRY_LOCK, (int) table.pgtId());
    Future<RowSet<Row>> begun =
        session.sendQuery(
            Snapshot.beginning(List.of(table))
                + session.fence().sql()
                + (limitMs.isPresent() ? "; " + timeout((long) limitMs.getAsDouble()) : ""));
    Future<RowSet<Row>> refreshed =
        session.send(
            REFRESH,
            table.pgtId(),
            table.epoch(),
            table.relid(),
            table.objects().toArray(Long[]::new),
            settled.stamp(),
            pending,
            expected.places().toArray(Integer[]::new),
            expected.insertOnly(),
            expected.changesMax().toArray(Long[]::new),
            table.mode() == MaintainedTable.Mode.AUTO
                ? settings.fullThreshold()
                : Double.POSITIVE_INFINITY,
            deltas,
            expected.statements().stream()
                .map(DeltaStatement::readsFrontier)
                .toArray(Boolean[]::new),
            settled.sources().stream()
                .filter(SourceRow::tree)
                .map(SourceRow::relid)
                .toArray(Long[]::new),
            recorded.names().toArray(String[]::new),
            recorded.values().toArray(String[]::new),
            outcome(member, expected, forecast).encode());
    Future<RowSet<Row>> committed =
        session.sendQuery(
            (limitMs.isPresent() ? timeout(settings.timeout().toMillis()) : "") + "COMMIT");
    Session.join(locked);
    Session.join(begun);
    String outcome = Session.join(refreshed).iterator().next().getString("outcome");
    Session.join(committed);
    return switch (outcome) {
      case "refreshed" -> Optional.of(new MemberOutcome.Refreshed(table.pgtId()));
      case "locked" ->
          Optional.of(
              new MemberOutcome.Postponed(table.pgtId(), "a command or another refresh holds it"));
      case "look" -> Optional.empty();
      default -> throw new IllegalStateException("outcome of refresh_settled: " + outcome);
    };
  }

  private static String timeout(long ms) {
    return "SET LOCAL statement_timeout = %d; ".formatted(ms);
  }

  /** What its outcome says, and how it tells what the changes that it finds will cost. */
  private JsonObject outcome(Member member, ExpectedDelta expected, CostForecast forecast) {
    JsonObject outcome = run.of(member, member.reason());
    forecast.fullMs().ifPresent(ms -> outcome.put("predicted_full_ms", ms));
    forecast
        .differential()
        .ifPresent(curve -> {
          long changesMax = changesMax(expected);
          CostLine line = curve.lineUpTo(changesMax);
          JsonObject figures =
              new JsonObject().put("intercept", line.interceptMs()).put("slope", line.slopeMs());
          if (expected.settled().table().mode() == MaintainedTable.Mode.AUTO) {
            forecast.limitMs(line, changesMax).ifPresent(limit -> figures.put("limit", limit));
          }
          outcome.put("forecast", figures);
        });
    return outcome;
  }
}
