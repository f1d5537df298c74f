package dev.freshet.refresh.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TreesTest {
  private static final ColumnReference CITY = Sql.column("c", "city");
  private static final ColumnReference AMOUNT = Sql.column("o", "amount");

  /**
   * SELECT c.city, sum(o.amount) FROM shop.customers c WHERE EXISTS (SELECT … FROM shop.orders o
   * …).
   */
  private static Select query() {
    Select orders =
        Select.builder()
            .target(Sql.call("sum", AMOUNT))
            .from(TableReference.of("shop", "orders").as("o"))
            .where(Sql.equal(Sql.column("o", "customer"), Sql.column("c", "id")))
            .build();
    return Select.builder()
        .target(CITY)
        .from(TableReference.of("shop", "customers").as("c"))
        .where(Sql.exists(orders))
        .build();
  }

  @Test
  void positionsDoNotCount() {
    ColumnReference parsed = new ColumnReference(List.of("c", "city"), Position.at(8));

    assertThat(parsed).isEqualTo(CITY).hasSameHashCodeAs(CITY);
    assertThat(Sql.isNull(parsed).position().character()).isEqualTo(8);
    assertThat(CITY.position().isKnown()).isFalse();
  }

  @Test
  void childrenCanBeReplacedInOrder() {
    Case expression = Sql.when(Sql.isNull(CITY), Sql.integer(1), AMOUNT);

    assertThat(expression.children()).containsExactly(Sql.isNull(CITY), Sql.integer(1), AMOUNT);
    assertThat(expression.withChildren(List.of(AMOUNT, CITY, Sql.nothing())))
        .isEqualTo(Sql.when(AMOUNT, CITY, Sql.nothing()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> expression.withChildren(List.of(CITY, CITY, CITY, CITY)));
  }

  @Test
  void theCallOfAWindowIsNoAggregate() {
    WindowCall windowed =
        Sql.over(
            Sql.call("sum", Sql.call("count", AMOUNT)),
            List.of(CITY),
            List.of(SortKey.ascending(AMOUNT)));

    assertThat(Expressions.collect(windowed, FunctionCall.class))
        .containsExactly(Sql.call("count", AMOUNT));
    assertThat(windowed.children()).containsExactly(Sql.call("count", AMOUNT), CITY, AMOUNT);
  }

  @Test
  void anExpressionEndsAtItsSubqueries() {
    Expression exists = query().where().getFirst();

    assertThat(exists.children()).isEmpty();
    assertThat(Expressions.collect(exists, FunctionCall.class)).isEmpty();
    assertThat(Trees.expressions(exists, FunctionCall.class))
        .containsExactly(Sql.call("sum", AMOUNT));
  }

  @Test
  void rewritingReachesSubqueriesAndCommonTables() {
    Select outer =
        Select.builder()
            .with(With.of(List.of(CommonTable.of("rich", query()))))
            .target(new Star(List.of()))
            .from(TableReference.of("rich"))
            .build();

    Query renamed =
        Trees.rewriteExpressions(outer, e -> e.equals(AMOUNT) ? Sql.column("o", "value") : e);

    assertThat(Trees.expressions(renamed, ColumnReference.class))
        .containsExactly(
            CITY, Sql.column("o", "value"), Sql.column("o", "customer"), Sql.column("c", "id"));
    assertThat(Trees.expressions(outer, ColumnReference.class)).contains(AMOUNT);
  }

  @Test
  void tablesAreReplacedUnderTheirNames() {
    Query replaced =
        Trees.replaceTables(
            query(),
            table ->
                SubqueryItem.of(
                    Select.builder()
                        .target(new Star(List.of()))
                        .from(TableReference.of("freshet_buffer", table.name()))
                        .build(),
                    table.visibleName()));

    assertThat(SqlRenderer.render(replaced))
        .isEqualTo(
            """
            SELECT c.city
            FROM (
              SELECT *
              FROM freshet_buffer.customers
            ) AS c
            WHERE EXISTS (
              SELECT sum(o.amount)
              FROM (
                SELECT *
                FROM freshet_buffer.orders
              ) AS o
              WHERE o.customer = c.id
            )\
            """);
    assertThat(Trees.fromItems(query(), TableReference.class))
        .extracting(TableReference::name)
        .containsExactly("customers", "orders");
  }

  @Test
  void framesAreRewritten() {
    Frame frame =
        new Frame(
            Frame.Unit.ROWS,
            new Frame.Preceding(AMOUNT),
            Optional.empty(),
            Frame.Exclusion.NO_OTHERS);
    WindowCall call =
        new WindowCall(
            Sql.countAll(), new Window.Definition("", List.of(), List.of(), Optional.of(frame)));

    assertThat(Expressions.rewrite(call, e -> e.equals(AMOUNT) ? Sql.integer(2) : e).children())
        .containsExactly(new Star(List.of()), Sql.integer(2));
  }
}
