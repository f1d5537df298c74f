package dev.freshet.refresh.capture;

import static java.util.Objects.requireNonNull;

import dev.freshet.catalog.database.Session;
import dev.freshet.refresh.capture.DisposalOutcome.Busy;
import dev.freshet.refresh.capture.DisposalOutcome.Disposed;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps buffers small.
 *
 * <p>The story. Writers append to the active of two buffers. Once it has grown, the capture
 * function is replaced by one that names the other: no lock on the source, but a writer in the
 * middle of a statement may still use the old function a long time later. So the old buffer is
 * emptied under its ACCESS EXCLUSIVE lock and only after a look, under that lock, that every
 * consumer has read every row. What comes later still lands in a buffer that is read. TRUNCATE
 * shows an empty table to snapshots that are older, so no refresh of a consumer may be running: the
 * advisory locks that refreshes take before BEGIN are held until the end. A busy lock means: next
 * time.
 *
 * <p>Who is suspended, or is waiting for a FULL anyway, pins nothing. Who has fallen behind by half
 * of the fuse's limit is set to FULL, so that the fuse does not blow for everybody.
 */
public final class BufferDisposal {

  private static final String GROWN =
      """
      SELECT DISTINCT c.source_relid::bigint AS source FROM freshet.capture c
      WHERE freshet.is_disposable(c, $1::bigint) ORDER BY source\
      """;

  private static final String DISPOSE =
      """
      SELECT emptied, rotated, bytes
      FROM freshet.dispose_capture($1::bigint::oid, $2::bigint, $3::bigint)\
      """;

  private final CaptureSettings settings;

  public BufferDisposal(CaptureSettings settings) {
    this.settings = requireNonNull(settings);
  }

  /**
   * One step for every source whose buffers have grown, each in a transaction of its own. Not
   * inside a transaction.
   */
  public List<DisposalOutcome> disposeAll(Session session) {
    List<DisposalOutcome> outcomes = new ArrayList<>();
    for (Row row : session.execute(GROWN, settings.bufferQuietBytes())) {
      outcomes.add(dispose(session, row.getLong("source")));
    }
    return outcomes;
  }

  /** One step for one source. Not inside a transaction. */
  public DisposalOutcome dispose(Session session, long sourceRelid) {
    return new ShortTransaction(settings.disposalLockTimeout())
        .run(session, () -> step(session, sourceRelid))
        .orElseGet(Busy::new);
  }

  private DisposalOutcome step(Session session, long sourceRelid) {
    Row row =
        session
            .execute(
                DISPOSE, sourceRelid, settings.bufferRotateBytes(), settings.bufferQuietBytes())
            .iterator()
            .next();
    Long bytes = row.getLong("bytes");
    return bytes == null
        ? new Busy()
        : new Disposed(row.getInteger("emptied"), row.getBoolean("rotated"), bytes);
  }
}
