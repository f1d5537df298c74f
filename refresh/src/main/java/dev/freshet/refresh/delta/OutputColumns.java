package dev.freshet.refresh.delta;

import dev.freshet.refresh.sql.ColumnReference;
import dev.freshet.refresh.sql.FunctionCall;
import dev.freshet.refresh.sql.Query;
import dev.freshet.refresh.sql.Select;
import dev.freshet.refresh.sql.SetOperation;
import dev.freshet.refresh.sql.Target;
import dev.freshet.refresh.sql.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The names of the columns of a query, as PostgreSQL gives them. */
public final class OutputColumns {

  private OutputColumns() {}

  public static List<String> of(Query query) {
    return switch (query) {
      case Select select -> select.targets().stream().map(OutputColumns::nameOf).toList();
      case SetOperation operation -> of(operation.left());
      case Values values ->
          IntStream.rangeClosed(1, values.rows().getFirst().size())
              .mapToObj(number -> "column" + number)
              .toList();
    };
  }

  /** The names where an alias gives others to the first of them. */
  public static List<String> of(Query query, List<String> given) {
    List<String> names = new ArrayList<>(given);
    List<String> own = of(query);
    names.addAll(own.subList(names.size(), own.size()));
    return names;
  }

  private static String nameOf(Target target) {
    if (!target.alias().isEmpty()) {
      return target.alias();
    }
    return switch (target.expression()) {
      case ColumnReference column -> column.name();
      case FunctionCall call -> call.name().getLast();
      default -> "?column?";
    };
  }
}
