package dev.freshet.app.crash;

import dev.freshet.app.testing.Network;
import java.util.Optional;

/**
 * Where a refresh stands when something dies. Between two statements it is held up on the network;
 * in the middle of one, by a trigger that sleeps.
 */
enum Phase {
  /** It has a session, and no lock yet. */
  SESSION_TAKEN("try_advisory_lock", "try_advisory_lock"),
  /** It has its advisory locks, and no transaction yet. */
  LOCKED("BEGIN ISOLATION LEVEL", "BEGIN ISOLATION LEVEL"),
  /** It has all locks and its snapshot, and has read nothing. */
  SNAPSHOT_TAKEN("freshet.refresh_settled", "pg_current_xact_id()::text AS xid"),
  /** It knows what has changed, and has written nothing. */
  CHANGES_READ("", "SAVEPOINT member"),
  /** Some of its rows are written. */
  APPLYING(),
  /** All its rows are written, its frontier not. */
  APPLIED(),
  /** Its frontier is written, its outcome not. */
  FRONTIER_WRITTEN(),
  /** Everything is written, COMMIT not sent. */
  COMPLETED("COMMIT", "COMMIT"),
  /** The server has begun to commit. */
  COMMITTING(),
  /** The server has committed, and its answer is on the way. */
  COMMITTED("COMMIT", "COMMIT");

  private final String settled;
  private final String component;

  Phase() {
    this("", "");
  }

  Phase(String settled, String component) {
    this.settled = settled;
    this.component = component;
  }

  /** Whether a refresh of this kind comes by. */
  boolean isOf(Kind kind) {
    return kind == Kind.COMPONENT || this != CHANGES_READ;
  }

  /** Where to hold it up on the network; empty if the server is to. */
  Optional<Network.Point> point(Kind kind) {
    return Optional.of(kind == Kind.SETTLED ? settled : component)
        .filter(text -> !text.isEmpty())
        .map(text -> this == COMMITTED ? Network.Point.after(text) : Network.Point.before(text));
  }

  /** How a refresh goes. */
  enum Kind {
    /** As the last one, in one statement. */
    SETTLED("alone", "u"),
    /** Two stream tables in one transaction, a savepoint each. */
    COMPONENT("bottom", "t");

    private final String streamTable;
    private final String source;

    Kind(String streamTable, String source) {
      this.streamTable = streamTable;
      this.source = source;
    }

    String streamTable() {
      return streamTable;
    }

    String source() {
      return source;
    }
  }
}
