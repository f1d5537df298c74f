package dev.freshet.refresh.capture;

import static java.util.Objects.requireNonNull;

import dev.freshet.catalog.database.Session;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes capture away. Dropping the functions with CASCADE drops the triggers, which works without
 * owning the table; it needs the source's ACCESS EXCLUSIVE lock for a moment, and gives up if that
 * is not to be had.
 */
public final class CaptureRemoval {

  private static final String UNUSED =
      "SELECT source::bigint FROM freshet.unused_captures($1::bigint * interval '1 millisecond') AS source";

  private static final String CAPTURED =
      "SELECT source_relid::bigint AS source FROM freshet.capture_source ORDER BY source_relid";

  /**
   * Whoever had somebody in the way is left alone for so long: writers queue behind each attempt.
   */
  private static final Duration PAUSE = Duration.ofMinutes(1);

  /** After so long the rest is left to the next call: other chores are waiting. */
  private static final Duration PATIENCE = Duration.ofMillis(200);

  private final CaptureSettings settings;
  private final Map<Long, Long> triedAt = new HashMap<>();

  public CaptureRemoval(CaptureSettings settings) {
    this.settings = requireNonNull(settings);
  }

  /**
   * Removes capture where nobody reads it any more, from as many sources as there is time for;
   * returns those at which somebody was in the way.
   */
  public List<Long> removeUnused(Session session) {
    List<Long> unused = new ArrayList<>();
    for (Row row : session.execute(UNUSED, settings.unusedGrace().toMillis())) {
      unused.add(row.getLong("source"));
    }
    triedAt.keySet().retainAll(unused);
    unused.removeIf(this::isLeftAlone);
    long begun = System.nanoTime();
    List<Long> busy = new ArrayList<>();
    for (long source : unused) {
      if (System.nanoTime() - begun > PATIENCE.toNanos()) {
        break;
      }
      if (!remove(session, source)) {
        busy.add(source);
        triedAt.put(source, System.nanoTime());
      }
    }
    return busy;
  }

  /** Removes capture from every source; returns those at which somebody was in the way. */
  public List<Long> uninstall(Session session) {
    List<Long> sources = new ArrayList<>();
    session.execute(CAPTURED).forEach(row -> sources.add(row.getLong("source")));
    return sources.stream().filter(source -> !remove(session, source)).toList();
  }

  /** Removes capture from a source; false if somebody was in the way. Not inside a transaction. */
  public boolean remove(Session session, long sourceRelid) {
    return new ShortTransaction(settings.lockTimeout())
        .run(
            session,
            () -> session.execute("SELECT freshet.remove_capture($1::bigint::oid)", sourceRelid))
        .isPresent();
  }

  private boolean isLeftAlone(long source) {
    Long tried = triedAt.get(source);
    return tried != null && System.nanoTime() - tried < PAUSE.toNanos();
  }
}
