package dev.freshet.refresh.sql;

import java.util.Optional;

/** {@code RETURNING type FORMAT …} of SQL/JSON. */
public record JsonReturning(Optional<TypeName> type, JsonFormat format) {
  /** No RETURNING clause. */
  public static final JsonReturning NONE = new JsonReturning(Optional.empty(), JsonFormat.DEFAULT);
}
