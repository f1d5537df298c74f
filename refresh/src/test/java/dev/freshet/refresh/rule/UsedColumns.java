package dev.freshet.refresh.rule;

import dev.freshet.refresh.algebra.Column;
import dev.freshet.refresh.algebra.RelationName;
import dev.freshet.refresh.algebra.SourceTable;
import dev.freshet.refresh.sql.ColumnReference;
import dev.freshet.refresh.sql.JoinCondition;
import dev.freshet.refresh.sql.JoinItem;
import dev.freshet.refresh.sql.Query;
import dev.freshet.refresh.sql.TableReference;
import dev.freshet.refresh.sql.Trees;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which columns of a source are captured for a query: those it uses. PostgreSQL records them by
 * number; here they are found by name, and all are taken where an alias gives them other names.
 */
final class UsedColumns {

  private final Query expanded;
  private final Set<String> names = new HashSet<>();

  UsedColumns(Query expanded) {
    this.expanded = expanded;
    Trees.expressions(expanded, ColumnReference.class)
        .forEach(reference -> names.add(reference.name()));
    for (JoinItem join : Trees.fromItems(expanded, JoinItem.class)) {
      if (join.condition() instanceof JoinCondition.Using using) {
        names.addAll(using.columns());
      }
    }
  }

  List<String> of(SourceTable table) {
    boolean renamed =
        Trees.fromItems(expanded, TableReference.class).stream()
            .filter(item -> RelationName.of(item).name().equals(table.name()))
            .anyMatch(item -> !item.alias().columns().isEmpty());
    return table.columns().stream()
        .map(Column::name)
        .filter(name -> renamed || names.contains(name))
        .toList();
  }
}
