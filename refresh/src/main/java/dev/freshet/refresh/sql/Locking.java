package dev.freshet.refresh.sql;

import java.util.List;

/** {@code FOR UPDATE OF tables NOWAIT}; without tables it means all of them. */
public record Locking(Strength strength, List<String> tables, Wait ifLocked) {
  public Locking {
    tables = List.copyOf(tables);
  }

  /** How much else the lock keeps out. */
  public enum Strength {
    KEY_SHARE,
    SHARE,
    NO_KEY_UPDATE,
    UPDATE
  }

  /** What happens when a row is locked already. */
  public enum Wait {
    BLOCK,
    SKIP_LOCKED,
    NOWAIT
  }
}
