package dev.freshet.refresh.worker;

import static java.util.Objects.requireNonNull;

import dev.freshet.catalog.database.DatabaseException;
import dev.freshet.catalog.database.Session;
import dev.freshet.catalog.event.refresh.MemberOutcome;
import dev.freshet.refresh.maintain.TableOfAnotherShape;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** Records failures in the log, with what follows from them. */
public final class FailureLog {

  /** What a failure without an SQLSTATE is: the connection went away. */
  private static final String CONNECTION_FAILURE = "08006";

  private static final String INTERNAL_ERROR = "XX000";

  private static final long NOT_AGAIN = -1;

  private static final String FAIL =
      """
      SELECT freshet.fail_refresh($1, $2, $3::text::jsonb, $4::text::jsonb,
                                  nullif($5::bigint, -1) * interval '1 millisecond', $6)\
      """;

  private final WorkerSettings settings;
  private final Run run;

  FailureLog(WorkerSettings settings, Run run) {
    this.settings = settings;
    this.run = run;
  }

  /** Why it failed. */
  public record Cause(String code, String message, Optional<String> hint) {
    public Cause {
      requireNonNull(code);
      requireNonNull(message);
      requireNonNull(hint);
    }

    /** By what is thrown; what we did not foresee is a defect of ours. */
    public static Cause of(RuntimeException thrown) {
      return switch (thrown) {
        case DatabaseException failed -> {
          String code = failed.sqlState().isEmpty() ? CONNECTION_FAILURE : failed.sqlState();
          yield new Cause(code, String.valueOf(failed.getMessage()), failed.hint());
        }
        case TableOfAnotherShape altered ->
            new Cause(
                TableOfAnotherShape.SQL_STATE,
                String.valueOf(altered.getMessage()),
                Optional.of(altered.hint()));
        default ->
            new Cause(
                INTERNAL_ERROR,
                "a defect of Freshet: " + thrown,
                Optional.of("Please report it, with what the service's log says of it."));
      };
    }

    JsonObject json() {
      JsonObject json = new JsonObject().put("error_code", code).put("error_message", message);
      hint.ifPresent(text -> json.put("error_hint", text));
      return json;
    }
  }

  /**
   * Records a failure that is tried again, or after too many suspends the stream table; in the
   * caller's transaction.
   */
  MemberOutcome record(Session session, Member member, OffsetDateTime started, Cause cause) {
    Optional<Integer> errors = errors(session, member.pgtId());
    if (errors.isEmpty()) {
      return new MemberOutcome.Postponed(member.pgtId(), "it was dropped");
    }
    RetryDecider.Retry retry = new RetryDecider(settings.errorsMax()).decide(errors.get());
    fail(session, member, started, cause, Optional.of(retry));
    return new MemberOutcome.Failed(
        member.pgtId(),
        Optional.of(OffsetDateTime.now(ZoneOffset.UTC).plus(retry.after()).toInstant()),
        retry.suspend());
  }

  /** The same, in a transaction of its own, in which this instance leads. */
  MemberOutcome recordFenced(Session session, Member member, OffsetDateTime started, Cause cause) {
    return session.fence().in(session, () -> record(session, member, started, cause));
  }

  /** Records a failure that only a command can put right. */
  MemberOutcome recordForGood(Session session, Member member, OffsetDateTime started, Cause cause) {
    fail(session, member, started, cause, Optional.empty());
    return new MemberOutcome.Failed(member.pgtId(), Optional.empty(), false);
  }

  private void fail(
      Session session,
      Member member,
      OffsetDateTime started,
      Cause cause,
      Optional<RetryDecider.Retry> retry) {
    session.execute(
        FAIL,
        member.pgtId(),
        started,
        run.of(member, member.reason()).encode(),
        cause.json().encode(),
        retry.map(found -> found.after().toMillis()).orElse(NOT_AGAIN),
        retry.map(RetryDecider.Retry::suspend).orElse(false));
  }

  private static Optional<Integer> errors(Session session, long pgtId) {
    for (Row row :
        session.execute(
            "SELECT consecutive_errors FROM freshet.condition WHERE pgt_id = $1", pgtId)) {
      return Optional.of(row.getInteger("consecutive_errors"));
    }
    return Optional.empty();
  }
}
