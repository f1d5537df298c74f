package dev.freshet.refresh.parse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.refresh.sql.ColumnReference;
import dev.freshet.refresh.sql.Expression;
import dev.freshet.refresh.sql.FromItem;
import dev.freshet.refresh.sql.FunctionCall;
import dev.freshet.refresh.sql.Query;
import dev.freshet.refresh.sql.SampledTable;
import dev.freshet.refresh.sql.SubqueryExpression;
import dev.freshet.refresh.sql.TableReference;
import dev.freshet.refresh.sql.Trees;
import dev.freshet.refresh.sql.TypeName;
import dev.freshet.refresh.sql.WindowCall;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A walk over a tree comes to every part of it: whatever rules look for, subqueries above all, is
 * found in whichever clause it stands. Compared with what the records themselves hold.
 */
class EveryPartIsVisitedTest {

  private static final SqlParser PARSER = new SqlParser();

  static Stream<String> queries() throws IOException {
    try (InputStream stream =
        EveryPartIsVisitedTest.class.getResourceAsStream("RoundTripTest/odd-queries.sql")) {
      if (stream == null) {
        throw new IOException("no odd queries");
      }
      return new String(stream.readAllBytes(), UTF_8)
          .lines().map(line -> line.replaceFirst(" -- since \\d+$", "")).toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("queries")
  void whateverARuleLooksForIsFound(String sql) {
    Query query = PARSER.parse(sql);

    expect(query, Trees.expressions(query, SubqueryExpression.class), SubqueryExpression.class);
    expect(query, Trees.expressions(query, ColumnReference.class), ColumnReference.class);
    expect(query, Trees.expressions(query, FunctionCall.class), FunctionCall.class);
    expect(query, Trees.fromItems(query, TableReference.class), TableReference.class);
  }

  private static <T> void expect(Query query, List<T> visited, Class<T> type) {
    List<Object> held = new ArrayList<>();
    collect(query, type, held);
    assertThat(visited).containsExactlyInAnyOrderElementsOf(held.stream().map(type::cast).toList());
  }

  private static void collect(Object node, Class<?> type, List<Object> held) {
    if (type.isInstance(node)) {
      held.add(node);
    }
    switch (node) {
      case Collection<?> nodes -> nodes.forEach(each -> collect(each, type, held));
      case Optional<?> present -> present.ifPresent(each -> collect(each, type, held));
      // The modifiers of a type are constants.
      case TypeName _ -> {}
      // A table of which a sample is read is not offered, nor is the function of a window.
      case SampledTable sample ->
          partsOf(sample)
              .filter(part -> !(part instanceof FromItem))
              .forEach(part -> collect(part, type, held));
      case WindowCall call -> {
        partsOf(call.call()).forEach(part -> collect(part, type, held));
        collect(call.window(), type, held);
      }
      case Record record -> partsOf(record).forEach(part -> collect(part, type, held));
      default -> {}
    }
  }

  private static Stream<Object> partsOf(Expression expression) {
    return partsOf((Record) expression);
  }

  private static Stream<Object> partsOf(Record record) {
    return Stream.of(record.getClass().getRecordComponents())
        .map(component -> valueOf(component, record));
  }

  private static Object valueOf(RecordComponent component, Record record) {
    try {
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException hidden) {
      throw new IllegalStateException("the records of the tree are public", hidden);
    }
  }
}
