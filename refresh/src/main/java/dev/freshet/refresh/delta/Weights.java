package dev.freshet.refresh.delta;

import dev.freshet.refresh.sql.ColumnReference;
import dev.freshet.refresh.sql.Expression;
import dev.freshet.refresh.sql.Sql;
import java.util.List;
import java.util.stream.Stream;

/** Arithmetic of weights. */
final class Weights {

  /** The column of every delta that holds the weight. */
  static final String COLUMN = "__weight";

  /** The weight of a row that came. */
  static final Expression CAME = Sql.integer(1);

  /** The weight of a row that is gone. */
  static final Expression GONE = Sql.negative(Sql.integer(1));

  private Weights() {}

  /** The names of a delta's columns: these, then that of the weight. */
  static List<String> after(List<String> names) {
    return Stream.concat(names.stream(), Stream.of(COLUMN)).toList();
  }

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
