package dev.freshet.refresh.delta;

import dev.freshet.refresh.sql.ColumnReference;
import dev.freshet.refresh.sql.Expression;
import dev.freshet.refresh.sql.Sql;
import java.util.List;

/** Arithmetic of weights. */
final class Weights {

  /** The column of every delta that holds the weight. */
  static final String COLUMN = "__weight";

  private Weights() {}

  static ColumnReference of(String alias) {
    return Sql.column(alias, COLUMN);
  }

  /** The product of the weights of several deltas, negated if asked. */
  static Expression product(List<String> aliases, boolean negated) {
    Expression product =
        aliases.stream()
            .<Expression>map(Weights::of)
            .reduce(Sql::times)
            .orElseThrow(() -> new IllegalArgumentException("a product of no weights"));
    return negated ? Sql.negative(product) : product;
  }

  /** {@code sum(alias.__weight)}. */
  static Expression sum(String alias) {
    return Sql.call("sum", of(alias));
  }
}
