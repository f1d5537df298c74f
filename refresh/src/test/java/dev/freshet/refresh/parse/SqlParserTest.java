package dev.freshet.refresh.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.freshet.refresh.sql.Alias;
import dev.freshet.refresh.sql.BinaryOperation;
import dev.freshet.refresh.sql.Cast;
import dev.freshet.refresh.sql.ColumnReference;
import dev.freshet.refresh.sql.Expression;
import dev.freshet.refresh.sql.FunctionCall;
import dev.freshet.refresh.sql.Position;
import dev.freshet.refresh.sql.Query;
import dev.freshet.refresh.sql.Select;
import dev.freshet.refresh.sql.Sql;
import dev.freshet.refresh.sql.SqlRenderer;
import dev.freshet.refresh.sql.TableReference;
import dev.freshet.refresh.sql.Trees;
import dev.freshet.refresh.sql.TypeName;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SqlParserTest {
  private static final SqlParser PARSER = new SqlParser();

  @Test
  void readsCanonicalText() {
    Query tree =
        PARSER.parse(
            " SELECT o.city,\n    sum(o.amount) AS total\n   FROM shop.orders o\n"
                + "  WHERE (o.amount > 10) AND (o.city ~~ 'O%'::text)\n  GROUP BY o.city");

    assertThat(tree)
        .isEqualTo(
            Select.builder()
                .target(Sql.column("o", "city"))
                .target(Sql.call("sum", Sql.column("o", "amount")), "total")
                .from(TableReference.of("shop", "orders").withAlias(Alias.of("o")))
                .where(Sql.greater(Sql.column("o", "amount"), Sql.integer(10)))
                .where(
                    Sql.operation(
                        Sql.column("o", "city"),
                        "~~",
                        Sql.cast(Sql.text("O%"), new TypeName(List.of("text"), List.of(), 0))))
                .groupBy(List.of(Sql.column("o", "city")))
                .build());
  }

  @Test
  void remembersPositionsInCharacters() {
    Query tree = PARSER.parse("SELECT 'größe €', a, f(b) FROM t");

    assertThat(positions(Trees.expressions(tree, ColumnReference.class))).containsExactly(19, 24);
    assertThat(positions(Trees.expressions(tree, FunctionCall.class))).containsExactly(22);
    assertThat(Trees.fromItems(tree, TableReference.class).getFirst().position().character())
        .isEqualTo(32);
  }

  private static List<Integer> positions(List<? extends Expression> expressions) {
    return expressions.stream().map(Expression::position).map(Position::character).toList();
  }

  @Test
  void reportsPostgresSyntaxErrors() {
    assertThatExceptionOfType(SqlSyntaxException.class)
        .isThrownBy(() -> PARSER.parse("SELECT 'é' FROM WHERE"))
        .satisfies(error -> {
          assertThat(error).hasMessage("syntax error at or near \"WHERE\"");
          assertThat(error.position()).isEqualTo(17);
        });
  }

  @Test
  void readsExactlyOneStatement() {
    assertThatExceptionOfType(SqlSyntaxException.class)
        .isThrownBy(() -> PARSER.parse("SELECT 1; SELECT 2"));
    assertThatExceptionOfType(SqlSyntaxException.class).isThrownBy(() -> PARSER.parse(""));
  }

  @Test
  void refusesWhatTheTreeCannotHold() {
    assertThatExceptionOfType(UnsupportedSyntaxException.class)
        .isThrownBy(() -> PARSER.parse("SELECT 1 INTO x"))
        .withMessage("no syntax tree for SelectStmt with intoClause");
    assertThatExceptionOfType(UnsupportedSyntaxException.class)
        .isThrownBy(() -> PARSER.parse("SELECT a, b FROM other.shop.t"))
        .satisfies(refusal -> {
          assertThat(refusal.construct()).isEqualTo("RangeVar with catalogname");
          assertThat(refusal.position().character()).isEqualTo(18);
        });
    assertThatExceptionOfType(UnsupportedSyntaxException.class)
        .isThrownBy(() -> PARSER.parse("DELETE FROM t"));
  }

  @Test
  void readsExpressionsAndTypes() {
    assertThat(PARSER.parseExpression("a + 1"))
        .isEqualTo(Sql.plus(Sql.column("a"), Sql.integer(1)));
    assertThat(PARSER.parseType("character varying(20)[]"))
        .isEqualTo(new TypeName(List.of("pg_catalog", "varchar"), List.of(Sql.integer(20)), 1));
    assertThatExceptionOfType(SqlSyntaxException.class)
        .isThrownBy(() -> PARSER.parseExpression("a FROM t"));
    assertThatExceptionOfType(SqlSyntaxException.class)
        .isThrownBy(() -> PARSER.parseType("integer + 1"));
  }

  @Test
  void nestingHasALimit() {
    int depth = TreeReader.NESTING_MAX - 2;
    assertThat(PARSER.parseExpression(nested(depth))).isInstanceOf(BinaryOperation.class);
    assertThat(SqlRenderer.render(PARSER.parseExpression(nested(depth)))).contains("1 + (1 + (1");

    assertThatExceptionOfType(UnsupportedSyntaxException.class)
        .isThrownBy(() -> PARSER.parseExpression(nested(depth + 1)))
        .withMessage("no syntax tree for A_Const at a depth of more than 100");
    assertThatExceptionOfType(UnsupportedSyntaxException.class)
        .isThrownBy(() -> PARSER.parse("SELECT 1" + " UNION ALL SELECT 1".repeat(120)));
  }

  @Test
  void goesOnAfterTextsThatExhaustIt() {
    assertThatExceptionOfType(UnsupportedSyntaxException.class)
        .isThrownBy(() -> PARSER.parseExpression(nested(10_000)));

    assertThat(PARSER.parseExpression("1::bigint")).isInstanceOf(Cast.class);
  }

  private static String nested(int depth) {
    return "(1 + ".repeat(depth) + "1" + ")".repeat(depth);
  }

  @Test
  void manyThreadsShareAParser() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Future<String>> results =
          IntStream.range(0, 40)
              .mapToObj(i ->
                  threads.submit(
                      () -> SqlRenderer.render(PARSER.parse("SELECT a" + i + " FROM t"))))
              .toList();
      for (int i = 0; i < results.size(); i++) {
        assertThat(results.get(i).get()).isEqualTo("SELECT a" + i + "\nFROM t");
      }
    }
  }
}
