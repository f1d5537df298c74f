package dev.freshet.refresh.maintain;

import dev.freshet.refresh.algebra.NotDifferentiable;
import dev.freshet.refresh.delta.Clock;
import dev.freshet.refresh.delta.OutputColumns;
import dev.freshet.refresh.sql.ColumnReference;
import dev.freshet.refresh.sql.FromItem;
import dev.freshet.refresh.sql.Position;
import dev.freshet.refresh.sql.Query;
import dev.freshet.refresh.sql.Star;
import dev.freshet.refresh.sql.TreeRewriter;
import dev.freshet.refresh.sql.Trees;
import dev.freshet.refresh.sql.ValueFunction;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** What no delta can be made of wherever in a query it stands. */
final class TreeRules {

  private static final Set<String> SYSTEM_COLUMNS =
      Set.of("ctid", "xmin", "xmax", "cmin", "cmax", "tableoid");

  private static final Pattern RESERVED =
      Pattern.compile(
          "__(weight|seeds|gone|came|reached|recursion|row|live|touched|change[ds]|now|reread|found|values?|element|one|place|([kgodsc]|delta|join|sub|time|outer|rows|groups?|sets|value)[0-9]+(_row)?|(came|went|read)_.*)");

  private TreeRules() {}

  static void require(Query query) {
    requireOwnNames(query);
    Trees.expressions(query, ValueFunction.class).stream()
        .filter(function -> !Clock.isRead(function))
        .forEach(function -> {
          throw new NotDifferentiable(
              "stable_function",
              "%s depends on who asks".formatted(function.kind()),
              function.position());
        });
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

  /** Names that the generated statements use beside the query's own. */
  private static void requireOwnNames(Query query) {
    Set<String> names = new HashSet<>();
    new TreeRewriter() {
      @Override
      public Query query(Query inner) {
        names.addAll(OutputColumns.of(inner));
        return super.query(inner);
      }

      @Override
      public FromItem fromItem(FromItem item) {
        names.add(item.alias().name());
        names.addAll(item.alias().columns());
        return super.fromItem(item);
      }
    }.query(query);
    Trees.expressions(query, ColumnReference.class).forEach(column -> names.addAll(column.path()));
    names.stream()
        .filter(name -> RESERVED.matcher(name).matches())
        .findFirst()
        .ifPresent(name -> {
          throw new NotDifferentiable(
              "reserved_name",
              "the name %s is used by generated statements; rename it by an alias".formatted(name),
              Position.NONE);
        });
  }
}
