package dev.freshet.refresh.maintain;

import dev.freshet.refresh.algebra.NotDifferentiable;
import dev.freshet.refresh.sql.ColumnReference;
import dev.freshet.refresh.sql.Query;
import dev.freshet.refresh.sql.Star;
import dev.freshet.refresh.sql.Trees;
import java.util.Set;

/** What no delta can be made of wherever in a query it stands. */
final class TreeRules {

  private static final Set<String> SYSTEM_COLUMNS =
      Set.of("ctid", "xmin", "xmax", "cmin", "cmax", "tableoid");

  private TreeRules() {}

  static void require(Query query) {
    Trees.expressions(query, Star.class).stream()
        .filter(star -> !star.qualifier().isEmpty())
        .forEach(star -> {
          throw new NotDifferentiable(
              "whole_row",
              "a whole row as a value has no delta rule; name its columns",
              star.position());
        });
    Trees.expressions(query, ColumnReference.class).stream()
        .filter(column -> SYSTEM_COLUMNS.contains(column.name()))
        .forEach(column -> {
          throw new NotDifferentiable(
              "system_column",
              "system column %s is not captured".formatted(column.name()),
              column.position());
        });
  }
}
