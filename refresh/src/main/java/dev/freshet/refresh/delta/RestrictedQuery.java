package dev.freshet.refresh.delta;

import dev.freshet.refresh.algebra.Column;
import dev.freshet.refresh.sql.Expression;
import dev.freshet.refresh.sql.FromItem;
import dev.freshet.refresh.sql.Query;
import dev.freshet.refresh.sql.Select;
import dev.freshet.refresh.sql.Sql;
import dev.freshet.refresh.sql.TableReference;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A SELECT over only those rows whose keys are in a given set.
 *
 * <p>The set is a common table expression with one column per key, {@code k1, k2, …}, without
 * duplicates. With keys that cannot be NULL, and with one that can, an index on the key is of use:
 * then the rows of the NULL group are a branch of their own. With more the keys are found by their
 * hash.
 */
public final class RestrictedQuery {

  private static final String ALIAS = "__touched";

  private RestrictedQuery() {}

  /** The name of the column that holds the key of the given place, counted from 0. */
  public static String column(int place) {
    return "k" + (place + 1);
  }

  /**
   * Narrows a SELECT.
   *
   * @param select whose FROM and WHERE are narrowed; if it groups, then by all of the keys
   * @param keys expressions over its FROM clause
   * @param types of the keys, in the same order
   * @param set name of the common table expression
   */
  public static Query of(Select select, List<Expression> keys, List<Column> types, String set) {
    List<Integer> nullable =
        IntStream.range(0, keys.size()).filter(i -> !types.get(i).notNull()).boxed().toList();
    if (nullable.size() != 1 || !types.get(nullable.getFirst()).type().hasBuiltInEquality()) {
      return narrowed(select, set, RowMatch.on(numbered(types), key(keys), RestrictedQuery::inSet));
    }
    int only = nullable.getFirst();
    List<Expression> present = new ArrayList<>();
    List<Expression> absent = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      Expression equal = RowMatch.equal(types.get(i), keys.get(i), Sql.column(ALIAS, column(i)));
      present.add(equal);
      if (i == only) {
        absent.add(RowMatch.absent(types.get(i), keys.get(i)));
        absent.add(RowMatch.absent(types.get(i), Sql.column(ALIAS, column(i))));
      } else {
        absent.add(equal);
      }
    }
    return Sql.unionAll(narrowed(select, set, present), narrowed(select, set, absent));
  }

  private static Select narrowed(Select select, String set, List<Expression> conjuncts) {
    List<FromItem> from = new ArrayList<>(select.from());
    from.add(TableReference.of(set).as(ALIAS));
    List<Expression> where = new ArrayList<>(select.where());
    where.addAll(conjuncts);
    return select.toBuilder().from(from).where(where).build();
  }

  /** The key columns under their names in the set. */
  static List<Column> numbered(List<Column> types) {
    return IntStream.range(0, types.size())
        .mapToObj(i -> new Column(column(i), types.get(i).type(), types.get(i).notNull()))
        .toList();
  }

  private static java.util.function.Function<Column, Expression> key(List<Expression> keys) {
    return column -> keys.get(Integer.parseInt(column.name().substring(1)) - 1);
  }

  private static Expression inSet(Column column) {
    return Sql.column(ALIAS, column.name());
  }
}
