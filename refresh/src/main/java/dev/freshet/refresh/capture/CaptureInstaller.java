package dev.freshet.refresh.capture;

import static java.util.Objects.requireNonNull;

import dev.freshet.catalog.database.DatabaseException;
import dev.freshet.catalog.database.ErrorCategory;
import dev.freshet.catalog.database.Session;
import dev.freshet.refresh.capture.CaptureOutcome.AlreadyThere;
import dev.freshet.refresh.capture.CaptureOutcome.Busy;
import dev.freshet.refresh.capture.CaptureOutcome.Installed;
import dev.freshet.refresh.capture.CaptureOutcome.NotPossible;
import io.vertx.sqlclient.Row;
import java.util.Set;

/**
 * Installs capture on a source, and repairs it.
 *
 * <p>In one short transaction, so that there is no moment at which some writers are captured and
 * some are not: CREATE TRIGGER and LOCK TABLE wait for the writers there are and hold off further
 * ones until COMMIT. Whoever needs the changes takes the snapshot of its population after that
 * COMMIT.
 */
public final class CaptureInstaller {

  private static final String ENSURE =
      """
      SELECT outcome, generation, code, sentence, hint
      FROM freshet.ensure_capture($1::bigint::oid, $2::int4[]::int2[], $3::bigint, $4::bigint)\
      """;

  private final CaptureSettings settings;

  public CaptureInstaller(CaptureSettings settings) {
    this.settings = requireNonNull(settings);
  }

  /**
   * Makes sure that changes of these attributes of a source are captured, whole and once.
   * Idempotent, and without any lock if there is nothing to do. Not inside a transaction.
   */
  public CaptureOutcome ensure(Session session, long sourceRelid, Set<Integer> attnums) {
    Integer[] wanted = attnums.stream().sorted().toArray(Integer[]::new);
    try {
      return new ShortTransaction(settings.lockTimeout())
          .run(session, () -> install(session, sourceRelid, wanted))
          .orElseGet(Busy::new);
    } catch (DatabaseException refused) {
      if (refused.category() != ErrorCategory.STATEMENT) {
        throw refused;
      }
      // A type in a schema we may not use, an event trigger of the user's that forbids DDL.
      return new NotPossible(
          "refused",
          "PostgreSQL refused to capture the table: " + refused.getMessage(),
          refused.hint().orElse("Remove the cause, then call freshet.repair_stream_table."));
    }
  }

  private CaptureOutcome install(Session session, long sourceRelid, Integer[] wanted) {
    Row row =
        session
            .execute(
                ENSURE, sourceRelid, wanted, settings.bufferBytesMax(), settings.captureRowsMax())
            .iterator()
            .next();
    return switch (row.getString("outcome")) {
      case "installed" -> new Installed(row.getInteger("generation"));
      case "already_there" -> new AlreadyThere(row.getInteger("generation"));
      case "not_possible" ->
          new NotPossible(row.getString("code"), row.getString("sentence"), row.getString("hint"));
      default ->
          throw new IllegalStateException(
              "freshet.ensure_capture has an outcome of its own: " + row.getString("outcome"));
    };
  }
}
