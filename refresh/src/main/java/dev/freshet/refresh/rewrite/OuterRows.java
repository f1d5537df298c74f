package dev.freshet.refresh.rewrite;

import dev.freshet.refresh.algebra.Catalog;
import dev.freshet.refresh.sql.Alias;
import dev.freshet.refresh.sql.ColumnReference;
import dev.freshet.refresh.sql.Expression;
import dev.freshet.refresh.sql.FromItem;
import dev.freshet.refresh.sql.FunctionItem;
import dev.freshet.refresh.sql.JoinCondition;
import dev.freshet.refresh.sql.JoinItem;
import dev.freshet.refresh.sql.JsonTableItem;
import dev.freshet.refresh.sql.Query;
import dev.freshet.refresh.sql.SampledTable;
import dev.freshet.refresh.sql.Select;
import dev.freshet.refresh.sql.SelectBuilder;
import dev.freshet.refresh.sql.Sql;
import dev.freshet.refresh.sql.SubqueryItem;
import dev.freshet.refresh.sql.TableReference;
import dev.freshet.refresh.sql.Trees;
import dev.freshet.refresh.sql.XmlTableItem;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The rows of the SELECT whose subqueries are being replaced: its FROM and WHERE clauses as they
 * grow by the relations that come in the place of subqueries.
 */
final class OuterRows {

  private final Catalog catalog;
  private final Scopes scopes;
  private final List<FromItem> from;
  private final List<Expression> where = new ArrayList<>();

  OuterRows(Catalog catalog, List<FromItem> from) {
    this.catalog = catalog;
    this.scopes = new Scopes(catalog);
    this.from = new ArrayList<>(from);
  }

  List<FromItem> from() {
    return List.copyOf(from);
  }

  List<Expression> where() {
    return List.copyOf(where);
  }

  void filter(Expression conjunct) {
    where.add(conjunct);
  }

  boolean owns(ColumnReference column) {
    return column.path().size() == 2
        && from.stream().anyMatch(item -> aliasesIn(item).contains(column.path().getFirst()));
  }

  /** The columns of these rows that an expression uses, its subqueries included. */
  List<ColumnReference> columnsIn(Expression expression) {
    return Trees.expressions(expression, ColumnReference.class).stream()
        .filter(this::owns)
        .distinct()
        .toList();
  }

  /** The columns of these rows that a query uses at any depth. */
  List<ColumnReference> columnsIn(Query query) {
    return Trees.expressions(query, ColumnReference.class).stream()
        .filter(this::owns)
        .distinct()
        .toList();
  }

  boolean neverNull(Expression expression) {
    return Nullability.neverNull(expression, scopes.of(from), catalog);
  }

  /** Keeps the rows that have a partner, of which there is one at most, in the relation. */
  void join(SubqueryItem relation, List<Expression> conditions) {
    from.add(relation);
    where.addAll(conditions);
  }

  /** Adds a value to every row. */
  void compute(Expression value, String column, String alias) {
    from.add(
        new SubqueryItem(Select.builder().target(value, column).build(), true, Alias.of(alias)));
  }

  /**
   * Extends the rows by their partner, of which there is one at most, or by NULLs.
   *
   * <p>The relation is joined to the one item that the conditions are about, if it is one, else to
   * all of them together, filtered as far as is known: a product that nobody filters would be
   * computed.
   */
  void extend(SubqueryItem relation, List<Expression> conditions) {
    List<Expression> on = conditions.isEmpty() ? List.of(Sql.truth()) : conditions;
    if (from.isEmpty()) {
      from.add(
          SubqueryItem.of(
              Select.builder().target(Sql.truth(), "__found").build(),
              relation.alias().name() + "_row"));
    }
    Set<String> aliases = new LinkedHashSet<>();
    conditions.forEach(
        condition -> columnsIn(condition).forEach(c -> aliases.add(c.path().getFirst())));
    int place =
        IntStream.range(0, from.size())
            .filter(i -> !isLateral(from.get(i)) && aliasesIn(from.get(i)).containsAll(aliases))
            .findFirst()
            .orElse(-1);
    if (place < 0) {
      FromItem all = together();
      from.clear();
      from.add(all);
      place = 0;
    }
    from.set(
        place,
        new JoinItem(
            JoinItem.Kind.LEFT, from.get(place), relation, new JoinCondition.On(on), Alias.NONE));
  }

  private FromItem together() {
    FromItem all = from.getFirst();
    for (int i = 1; i < from.size(); i++) {
      boolean last = i == from.size() - 1;
      JoinCondition condition =
          last && !where.isEmpty() ? new JoinCondition.On(where) : new JoinCondition.None();
      all = new JoinItem(JoinItem.Kind.INNER, all, from.get(i), condition, Alias.NONE);
    }
    if (from.size() > 1) {
      where.clear();
    }
    return all;
  }

  /** The distinct combinations of some columns, as {@code __o1, __o2, …}. */
  Query combinations(List<ColumnReference> columns) {
    Set<String> aliases = new LinkedHashSet<>();
    columns.forEach(column -> aliases.add(column.path().getFirst()));
    Optional<FromItem> alone =
        aliases.size() == 1 ? alwaysThere(aliases.iterator().next()) : Optional.empty();
    SelectBuilder select = Select.builder();
    if (alone.isPresent()) {
      select.from(alone.get());
    } else {
      select.from(from).where(where);
    }
    IntStream.range(0, columns.size()).forEach(i -> select.target(columns.get(i), "__o" + (i + 1)));
    Select rows = select.build();
    return KeyInference.of(rows, scopes).isPresent() ? rows : rows.toBuilder().distinct().build();
  }

  /** A relation of which every row is there, and none is made up. */
  private Optional<FromItem> alwaysThere(String alias) {
    List<FromItem> inner = new ArrayList<>();
    from.forEach(item -> collectInner(item, inner));
    return inner.stream()
        .filter(item -> item.visibleName().equals(alias) && !isLateral(item))
        .findFirst();
  }

  private static void collectInner(FromItem item, List<FromItem> inner) {
    if (!(item instanceof JoinItem join)) {
      inner.add(item);
      return;
    }
    if (join.kind() == JoinItem.Kind.INNER || join.kind() == JoinItem.Kind.LEFT) {
      collectInner(join.left(), inner);
    }
    if (join.kind() == JoinItem.Kind.INNER || join.kind() == JoinItem.Kind.RIGHT) {
      collectInner(join.right(), inner);
    }
  }

  private static Set<String> aliasesIn(FromItem item) {
    Set<String> aliases = new LinkedHashSet<>();
    if (item instanceof JoinItem join) {
      aliases.addAll(aliasesIn(join.left()));
      aliases.addAll(aliasesIn(join.right()));
    } else {
      aliases.add(item.visibleName());
    }
    return aliases;
  }

  private static boolean isLateral(FromItem item) {
    return switch (item) {
      case JoinItem join -> isLateral(join.left()) || isLateral(join.right());
      case SubqueryItem subquery -> subquery.lateral();
      case FunctionItem _, XmlTableItem _, JsonTableItem _ -> true;
      case TableReference _, SampledTable _ -> false;
    };
  }
}
