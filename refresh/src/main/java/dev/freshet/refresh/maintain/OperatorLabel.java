package dev.freshet.refresh.maintain;

import dev.freshet.refresh.algebra.Shape;
import dev.freshet.refresh.algebra.Stage;
import dev.freshet.refresh.sql.Distinctness;
import dev.freshet.refresh.sql.Expression;
import dev.freshet.refresh.sql.FromItem;
import dev.freshet.refresh.sql.JoinItem;
import dev.freshet.refresh.sql.Query;
import dev.freshet.refresh.sql.Select;
import dev.freshet.refresh.sql.SetOperation;
import dev.freshet.refresh.sql.SqlRenderer;
import dev.freshet.refresh.sql.TableReference;
import dev.freshet.refresh.sql.Trees;
import dev.freshet.refresh.sql.WindowCall;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a stage is in the words of SQL: {@code GROUP BY o.city over shop.orders}. */
final class OperatorLabel {

  private static final int LENGTH_MAX = 160;

  private OperatorLabel() {}

  static String of(Stage stage) {
    String sources =
        stage.reads().stream()
            .map(name -> SqlRenderer.render(name.reference()))
            .sorted()
            .collect(Collectors.joining(", "));
    String label = wordsFor(stage) + (sources.isEmpty() ? "" : " over " + sources);
    return label.length() <= LENGTH_MAX ? label : label.substring(0, LENGTH_MAX) + " …";
  }

  private static String wordsFor(Stage stage) {
    return switch (stage.shape()) {
      case Shape.RunningGroups groups -> grouping(groups.groupedBy());
      case Shape.RecomputedGroups groups -> grouping(groups.keys());
      case Shape.RecomputedPartitions _ -> String.join(", ", partitioned(stage.query()));
      case Shape.Recursion _ -> "WITH RECURSIVE";
      case Shape.Linear linear -> String.join(", ", linear(linear.query()));
    };
  }

  private static String grouping(List<Expression> keys) {
    return keys.isEmpty()
        ? "aggregates of all rows"
        : "GROUP BY " + keys.stream().map(SqlRenderer::render).collect(Collectors.joining(", "));
  }

  private static Set<String> partitioned(Query query) {
    Set<String> words = new LinkedHashSet<>();
    if (query instanceof SetOperation operation) {
      words.add(operation.kind() + (operation.all() ? " ALL" : ""));
    }
    if (!Trees.expressions(query, WindowCall.class).isEmpty()) {
      words.add("window functions");
    }
    if (query instanceof Select select
        && select.distinctness() instanceof Distinctness.DistinctOn on) {
      words.add(
          "DISTINCT ON (%s)"
              .formatted(
                  on.expressions().stream()
                      .map(SqlRenderer::render)
                      .collect(Collectors.joining(", "))));
    }
    if (query.ordering().isLimited()) {
      words.add("ORDER BY … LIMIT");
    }
    return words.isEmpty() ? Set.of("rows by partition") : words;
  }

  private static List<String> linear(Query query) {
    List<String> words = new ArrayList<>();
    List<JoinItem> joins = Trees.fromItems(query, JoinItem.class);
    joins.stream().map(join -> join.kind() + " JOIN").distinct().forEach(words::add);
    boolean commas =
        selects(query)
            .anyMatch(select -> select.from().stream().filter(OperatorLabel::isTable).count() > 1);
    if (commas && !words.contains("INNER JOIN")) {
      words.addFirst("INNER JOIN");
    }
    if (query instanceof SetOperation) {
      words.add("UNION ALL");
    }
    if (selects(query).anyMatch(select -> !select.where().isEmpty())) {
      words.add("filter");
    }
    words.add("projection");
    return words;
  }

  private static boolean isTable(FromItem item) {
    return !Trees.fromItems(Select.builder().from(item).build(), TableReference.class).isEmpty();
  }

  private static Stream<Select> selects(Query query) {
    return switch (query) {
      case Select select -> Stream.of(select);
      case SetOperation operation ->
          Stream.concat(selects(operation.left()), selects(operation.right()));
      default -> Stream.empty();
    };
  }
}
