package dev.freshet.refresh.maintain;

import static java.util.Objects.requireNonNull;

/**
 * A statement of a refresh by differences.
 *
 * @param readsFrontier whether it has the parameters {@code $1} and {@code $2}, the frontier's
 *     {@code as_of} and {@code own_xid}; otherwise it has none
 */
public record DeltaStatement(String sql, boolean readsFrontier) {

  public DeltaStatement {
    requireNonNull(sql);
  }
}
