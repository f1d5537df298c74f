package dev.freshet.refresh.rewrite;

import dev.freshet.refresh.delta.ClockComparisons;
import dev.freshet.refresh.sql.Alias;
import dev.freshet.refresh.sql.BinaryOperation;
import dev.freshet.refresh.sql.ColumnReference;
import dev.freshet.refresh.sql.Expression;
import dev.freshet.refresh.sql.Expressions;
import dev.freshet.refresh.sql.FromItem;
import dev.freshet.refresh.sql.JoinCondition;
import dev.freshet.refresh.sql.JoinItem;
import dev.freshet.refresh.sql.NodeMapping;
import dev.freshet.refresh.sql.Query;
import dev.freshet.refresh.sql.Select;
import dev.freshet.refresh.sql.SelectBuilder;
import dev.freshet.refresh.sql.Sql;
import dev.freshet.refresh.sql.SubqueryItem;
import dev.freshet.refresh.sql.TableReference;
import dev.freshet.refresh.sql.TreeRewriter;
import dev.freshet.refresh.sql.Trees;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Computes what is compared with the time outside of WHERE in the relation whose columns are
 * compared, so that it is a column like any other for aggregates, windows and joins.
 *
 * <pre>
 *   SELECT count(*) FILTER (WHERE e.ts > now() - '1 day') FROM e
 *   → SELECT count(*) FILTER (WHERE e.__c1) FROM (SELECT t.ts > now() - '1 day' AS __c1 FROM e t) e
 * </pre>
 *
 * <p>Requires: every column qualified, aliases distinct. What compares columns of several relations
 * stays where it is ({@link ClockPlaces} knows what to make of it), and so does what would say
 * something of the NULLs by which an outer join extends.
 */
final class ClockColumns extends TreeRewriter {

  private final Query root;
  private final Aliases aliases;

  private ClockColumns(Query root, Aliases aliases) {
    this.root = root;
    this.aliases = aliases;
  }

  static Query in(Query query, Aliases aliases) {
    return new ClockColumns(query, aliases).query(query);
  }

  @Override
  public Query query(Query query) {
    Query inside = super.query(query);
    return inside instanceof Select select ? new Rewriting(select).result() : inside;
  }

  /** The rewriting of one SELECT, whose FROM clause is done. */
  private final class Rewriting {

    private final Select select;
    private final Map<String, FromItem> leaves = new LinkedHashMap<>();
    private final Set<String> nullable = new HashSet<>();
    private final Map<Expression, Expression> values = new LinkedHashMap<>();
    private final Map<String, Map<Expression, String>> columns = new HashMap<>();

    Rewriting(Select select) {
      this.select = select;
      select.from().forEach(item -> collect(item, false));
    }

    private void collect(FromItem item, boolean extended) {
      if (item instanceof JoinItem join) {
        collect(join.left(), extended || join.kind().extendsLeft());
        collect(join.right(), extended || join.kind().extendsRight());
      } else {
        leaves.put(item.visibleName(), item);
        if (extended) {
          nullable.add(item.visibleName());
        }
      }
    }

    Select result() {
      OwnExpressions.of(select.toBuilder().where(List.of()).build()).forEach(this::compute);
      select.from().forEach(this::computeConditions);
      if (values.isEmpty()) {
        return select;
      }
      Select replaced = (Select) new GroupColumns(values).query(NamedTargets.of(select));
      return replaced.toBuilder()
          .from(replaced.from().stream().map(this::computing).toList())
          .build();
    }

    private void computeConditions(FromItem item) {
      if (item instanceof JoinItem join) {
        computeConditions(join.left());
        computeConditions(join.right());
        if (join.condition() instanceof JoinCondition.On on) {
          on.conjuncts().forEach(this::compute);
        }
      }
    }

    private void compute(Expression expression) {
      for (Expression comparison : ClockComparisons.in(expression)) {
        relationOf(comparison)
            .ifPresent(relation -> {
              Map<Expression, String> ofRelation =
                  columns.computeIfAbsent(relation, _ -> new LinkedHashMap<>());
              String name =
                  ofRelation.computeIfAbsent(comparison, _ -> "__c" + (ofRelation.size() + 1));
              values.put(comparison, Sql.column(relation, name));
            });
      }
    }

    /** The one relation of which a comparison uses columns, if it can be computed there. */
    private Optional<String> relationOf(Expression comparison) {
      Set<String> relations = new LinkedHashSet<>();
      Trees.expressions(comparison, ColumnReference.class)
          .forEach(column -> relations.add(String.join(".", column.qualifier())));
      if (relations.size() != 1 || OwnExpressions.hasSubquery(comparison)) {
        return Optional.empty();
      }
      String relation = relations.iterator().next();
      boolean computes =
          switch (leaves.get(relation)) {
            case TableReference _ -> true;
            case SubqueryItem subquery -> !subquery.lateral();
            case null, default -> false;
          };
      return computes && (!nullable.contains(relation) || isNullOfNull(comparison))
          ? Optional.of(relation)
          : Optional.empty();
    }

    /** Whether it is NULL for a row of NULLs. */
    private static boolean isNullOfNull(Expression comparison) {
      return comparison instanceof BinaryOperation operation
          && (operation.left() instanceof ColumnReference
              || operation.right() instanceof ColumnReference);
    }

    private FromItem computing(FromItem item) {
      if (item instanceof JoinItem join) {
        return join.mapNodes(NodeMapping.ofFromItems(this::computing));
      }
      String relation = item.visibleName();
      Map<Expression, String> computed = columns.get(relation);
      return computed == null ? item : computing(item, relation, computed);
    }

    private SubqueryItem computing(
        FromItem item, String relation, Map<Expression, String> computed) {
      String inner = aliases.next("time");
      SelectBuilder rows =
          Select.builder().from(item.withAlias(new Alias(inner, item.alias().columns())));
      usedOf(relation).forEach(name -> rows.target(Sql.column(inner, name), name));
      computed.forEach(
          (comparison, name) -> rows.target(within(inner, relation, comparison), name));
      return SubqueryItem.of(rows.build(), relation);
    }

    private static Expression within(String inner, String relation, Expression comparison) {
      return Expressions.rewrite(
          comparison,
          part ->
              part instanceof ColumnReference column && column.qualifier().equals(List.of(relation))
                  ? Sql.column(inner, column.name())
                  : part);
    }
  }

  /** Wherever in the query: aliases are distinct. */
  private List<String> usedOf(String relation) {
    List<String> names = new ArrayList<>();
    for (ColumnReference column : Trees.expressions(root, ColumnReference.class)) {
      if (column.qualifier().equals(List.of(relation)) && !names.contains(column.name())) {
        names.add(column.name());
      }
    }
    return names;
  }
}
