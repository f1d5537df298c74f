package dev.freshet.refresh.delta;

import dev.freshet.refresh.sql.CanonicalAliases;
import dev.freshet.refresh.sql.CommonTable;
import dev.freshet.refresh.sql.FromItem;
import dev.freshet.refresh.sql.Query;
import dev.freshet.refresh.sql.Select;
import dev.freshet.refresh.sql.Statement;
import dev.freshet.refresh.sql.SubqueryItem;
import dev.freshet.refresh.sql.TableReference;
import dev.freshet.refresh.sql.With;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Deltas of subqueries that a statement names once and reads often.
 *
 * <p>A join reads the delta of each side several times, an outer one up to four times. Written out
 * where it is read, the delta of five outer joins in one another has a thousand copies of the
 * innermost, and a planner that takes them all in takes the machine's memory.
 */
final class SharedDeltas {

  private final Map<Query, Optional<String>> names = new HashMap<>();
  private final List<CommonTable> tables = new ArrayList<>();

  /**
   * The delta of a subquery in FROM, as an item in its place.
   *
   * @param derivation finds a delta; empty where the subquery cannot have changed
   */
  Optional<FromItem> of(SubqueryItem item, Function<Query, Optional<Query>> derivation) {
    if (item.lateral() || isSimple(item.query())) {
      return derivation
          .apply(item.query())
          .map(delta -> new SubqueryItem(delta, item.lateral(), item.alias()));
    }
    Query canonical = CanonicalAliases.in(item.query());
    Optional<String> name = names.get(canonical);
    if (name == null) {
      name = derivation.apply(item.query()).map(this::named);
      names.put(canonical, name);
    }
    return name.map(known -> TableReference.of(known).withAlias(item.alias()));
  }

  /** One relation's changes, filtered and projected: PostgreSQL takes them in at no price. */
  private static boolean isSimple(Query query) {
    return query instanceof Select select
        && Leaves.of(select.from()).size() <= 1
        && !TimeShift.isIn(select);
  }

  private String named(Query delta) {
    String name = "__delta" + (tables.size() + 1);
    tables.add(CommonTable.of(name, delta));
    return name;
  }

  /** The statement with what it shares before it. */
  Statement before(Statement statement) {
    if (tables.isEmpty()) {
      return statement;
    }
    List<CommonTable> all = new ArrayList<>(tables);
    all.addAll(statement.with().tables());
    return statement.withWith(new With(statement.with().recursive(), all));
  }
}
