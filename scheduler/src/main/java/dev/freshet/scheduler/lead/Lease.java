package dev.freshet.scheduler.lead;

import static java.util.Objects.requireNonNull;

import dev.freshet.catalog.database.DatabaseException;
import dev.freshet.catalog.database.ErrorCategory;
import dev.freshet.catalog.database.Session;
import dev.freshet.scheduler.dispatch.UnderWay;
import io.vertx.core.json.JsonArray;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** The lease, as one session sees it. No answer is waited for longer than two seconds. */
final class Lease {

  private static final Logger LOG = Logger.getLogger(Lease.class);

  /** Longer, and the lease is taken away while one waits. */
  private static final Duration ANSWER_WAIT = Duration.ofSeconds(2);

  /** More are not written down. */
  private static final int RUNNING_MAX = 64;

  private final Session session;
  private final String instance;

  Lease(Session session, String instance) {
    this.session = session;
    this.instance = instance;
  }

  /**
   * What a candidate sees.
   *
   * @param isFree whether it was handed over
   * @param isStale whether its holder has not been heard of for too long
   */
  record Seen(long epoch, Optional<String> holder, boolean isFree, boolean isStale) {
    Seen {
      requireNonNull(holder);
    }
  }

  /**
   * Taken.
   *
   * @param before what was running under the holder before
   */
  record Taken(long epoch, JsonArray before) {}

  /** What the holder hears at a heartbeat. */
  sealed interface Heard {
    /** All is well. */
    record Held() implements Heard {}

    /** It is asked to hand over. */
    record Drain(Duration within) implements Heard {}

    /** Another one has it. */
    record Lost() implements Heard {}
  }

  /** Has somebody woken when the lease is free, or asked for. */
  void listen(Runnable wakeUp) {
    session.connection().notificationHandler(_ -> wakeUp.run());
    query("LISTEN freshet_lease");
  }

  /** Shows to those who ask for it that a service is connected. */
  void show() {
    query("SELECT pg_advisory_lock_shared(1718775923, 0)");
  }

  /** Whether a service that knows of no lease holds the lock, which it takes for itself alone. */
  boolean isServedOtherwise() {
    return !row("SELECT pg_try_advisory_xact_lock_shared(1718775923, 0) AS free")
        .getBoolean("free");
  }

  Seen look() {
    Row row = row("SELECT * FROM freshet.look_at_lease()");
    return new Seen(
        row.getLong("epoch"),
        Optional.ofNullable(row.getString("holder")),
        row.getBoolean("is_free"),
        row.getBoolean("is_stale"));
  }

  /**
   * Takes it over.
   *
   * @return empty if somebody else was faster, or if a transaction of its holder does not end
   */
  Optional<Taken> take(Seen seen) {
    if (seen.isStale()) {
      endSessions(seen);
    }
    try {
      query("BEGIN; SET LOCAL lock_timeout = '1s'; LOCK TABLE freshet.lease IN EXCLUSIVE MODE");
      Row row =
          row(
              "SELECT epoch, running::text AS running FROM freshet.take_lease($1, $2)",
              seen.epoch(),
              instance);
      query("COMMIT");
      return Optional.ofNullable(row.getLong("epoch"))
          .map(epoch -> new Taken(epoch, new JsonArray(row.getString("running"))));
    } catch (DatabaseException failed) {
      if (failed.category() != ErrorCategory.CONTENTION) {
        throw failed;
      }
      query("ROLLBACK");
      // Handed over, and yet at work: what is left of it was not to last so long.
      endSessions(seen);
      return Optional.empty();
    }
  }

  private void endSessions(Seen seen) {
    if (seen.holder().isPresent()) {
      long ended =
          row("SELECT freshet.end_sessions_of($1) AS ended", seen.holder().get()).getLong("ended");
      LOG.infof("ended %d sessions of instance %s", ended, seen.holder().get());
    }
  }

  Heard beat(long epoch, List<UnderWay.Running> running) {
    Row row =
        row(
            "SELECT state, drain_seconds FROM freshet.beat($1, $2::text::jsonb)",
            epoch,
            json(running).encode());
    return switch (row.getString("state")) {
      case "held" -> new Heard.Held();
      case "drain" ->
          new Heard.Drain(Duration.ofMillis(Math.round(row.getDouble("drain_seconds") * 1000)));
      case "lost" -> new Heard.Lost();
      default -> throw new IllegalStateException("state of the lease: " + row.getString("state"));
    };
  }

  /** Gives it up for others to take. */
  void release(long epoch, List<UnderWay.Running> running) {
    row("SELECT freshet.release_lease($1, $2::text::jsonb)", epoch, json(running).encode());
  }

  /** Records what the holder before did not live to end. */
  void settle(JsonArray running, String holder) {
    for (int i = 0; i < running.size(); i++) {
      JsonArray refresh = running.getJsonArray(i);
      try {
        row(
            "SELECT freshet.refresh_interrupted($1, $2, $3, $4, $5)",
            refresh.getLong(0),
            refresh.getLong(1),
            refresh.getString(2),
            refresh.getString(3),
            holder);
      } catch (DatabaseException failed) {
        if (failed.category() == ErrorCategory.CONNECTION) {
          throw failed;
        }
        LOG.warnf(
            "not recorded that the refresh of stream table %d was interrupted: %s",
            refresh.getLong(0), failed.getMessage());
      }
    }
  }

  private static JsonArray json(List<UnderWay.Running> running) {
    JsonArray all = new JsonArray();
    running.stream()
        .limit(RUNNING_MAX)
        .forEach(refresh ->
            all.add(
                new JsonArray()
                    .add(refresh.pgtId())
                    .add(refresh.tickId())
                    .add(refresh.reason())
                    .add(refresh.initiatedBy().name())));
    return all;
  }

  private void query(String sql) {
    Session.join(session.sendQuery(sql), ANSWER_WAIT);
  }

  private Row row(String sql, Object... parameters) {
    return Session.join(session.send(sql, parameters), ANSWER_WAIT).iterator().next();
  }
}
