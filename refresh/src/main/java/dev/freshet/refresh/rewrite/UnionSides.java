package dev.freshet.refresh.rewrite;

import dev.freshet.refresh.algebra.Column;
import dev.freshet.refresh.delta.OutputColumns;
import dev.freshet.refresh.sql.Expression;
import dev.freshet.refresh.sql.Position;
import dev.freshet.refresh.sql.Query;
import dev.freshet.refresh.sql.Select;
import dev.freshet.refresh.sql.SelectBuilder;
import dev.freshet.refresh.sql.SetOperation;
import dev.freshet.refresh.sql.Sql;
import dev.freshet.refresh.sql.Values;
import java.util.List;
import java.util.stream.IntStream;

/**
 * UNION ALL whose sides have the same columns, each by itself.
 *
 * <p>A union takes its names from the first side and its types from both. The delta of one side
 * alone must have them, too: halving {@code 1} where the union made it {@code 1.0} gives another
 * number.
 */
final class UnionSides {

  private final Types types;
  private final Scopes scopes;

  UnionSides(Types types, Scopes scopes) {
    this.types = types;
    this.scopes = scopes;
  }

  /**
   * The union of two linear queries.
   *
   * @param lateral whether they may use columns from outside, so that PostgreSQL cannot be asked
   *     for their types
   */
  Query of(Query left, Query right, boolean lateral) {
    List<String> names = OutputColumns.of(left);
    if (lateral) {
      requireSame(scopes.columnsOf(left), scopes.columnsOf(right));
      return Sql.unionAll(left, named(right, names));
    }
    List<Column> wanted = typesOf(Sql.unionAll(left, right));
    return Sql.unionAll(typed(left, wanted, names), typed(right, wanted, names));
  }

  private static void requireSame(List<Column> left, List<Column> right) {
    boolean same =
        IntStream.range(0, left.size())
            .allMatch(i ->
                !left.get(i).type().equals(Scopes.UNDECIDED)
                    && left.get(i).type().isSameTypeAs(right.get(i).type()));
    if (!same) {
      throw Linearity.refusal(
          "lateral_subquery",
          "a LATERAL UNION has a delta rule only if its sides show columns of the same types",
          Position.NONE);
    }
  }

  private List<Column> typesOf(Query query) {
    return types.of(NumberedColumns.query(query));
  }

  private Query typed(Query side, List<Column> wanted, List<String> names) {
    List<Column> own = typesOf(side);
    boolean same =
        IntStream.range(0, own.size())
            .allMatch(i -> own.get(i).type().isSameTypeAs(wanted.get(i).type()));
    if (same) {
      return named(side, names);
    }
    SelectBuilder select = Select.builder().from(NumberedColumns.item(side));
    for (int i = 0; i < names.size(); i++) {
      Expression value = Sql.column("q", "c" + (i + 1));
      boolean kept = own.get(i).type().isSameTypeAs(wanted.get(i).type());
      select.target(kept ? value : Sql.cast(value, wanted.get(i).type().typeName()), names.get(i));
    }
    return select.build();
  }

  private static Query named(Query side, List<String> names) {
    if (OutputColumns.of(side).equals(names) && !(side instanceof SetOperation)) {
      return side;
    }
    return switch (side) {
      case Select select -> NamedTargets.of(select, names);
      case SetOperation operation ->
          SetOperation.of(
              operation.kind(),
              operation.all(),
              named(operation.left(), names),
              named(operation.right(), names));
      case Values values -> {
        SelectBuilder select = Select.builder().from(NumberedColumns.item(values));
        IntStream.range(0, names.size())
            .forEach(i -> select.target(Sql.column("q", "c" + (i + 1)), names.get(i)));
        yield select.build();
      }
    };
  }
}
