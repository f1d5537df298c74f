package dev.freshet.refresh.rule;

import static dev.freshet.refresh.rule.RuleCase.rule;

import org.junit.jupiter.api.Test;

class RowOrderTest {

  @Test
  void anAggregateMayTakeTheOrderOfASubquery() {
    rule("RowOrder")
        .query(
            """
            SELECT array_agg(s.id) AS ids FROM (SELECT o.id, o.amount FROM shop.orders o ORDER BY o.amount) s\
            """)
        .isRefusedAs("aggregate");
  }

  @Test
  void anAggregateInItsOwnOrderDoesNot() {
    rule("RowOrder")
        .query(
            """
            SELECT array_agg(s.id ORDER BY s.id) AS ids FROM (SELECT o.id, o.amount FROM shop.orders o ORDER BY o.amount) s\
            """)
        .showing()
        .rendersAs("own-order");
  }

  @Test
  void aSumIsTheSameInAnyOrder() {
    rule("RowOrder")
        .query(
            """
            SELECT sum(s.amount) AS total, count(*) AS n FROM (SELECT o.id, o.amount FROM shop.orders o ORDER BY o.amount) s\
            """)
        .showing()
        .rendersAs("sum");
  }

  @Test
  void aLimitWithoutOrderTakesThatOfASubquery() {
    rule("RowOrder")
        .query(
            """
            SELECT s.id FROM (SELECT o.id, o.amount FROM shop.orders o ORDER BY o.amount) s LIMIT 3\
            """)
        .isRefusedAs("limit");
  }

  @Test
  void aWindowWithoutOrderTakesThatOfASubquery() {
    rule("RowOrder")
        .query(
            """
            SELECT s.id, row_number() OVER () AS place FROM (SELECT o.id, o.amount FROM shop.orders o ORDER BY o.amount) s\
            """)
        .isRefusedAs("window");
  }

  @Test
  void aWindowInItsOwnOrderDoesNot() {
    rule("RowOrder")
        .query(
            """
            SELECT s.id, row_number() OVER (ORDER BY s.id) AS place FROM (SELECT o.id, o.amount FROM shop.orders o ORDER BY o.amount) s\
            """)
        .showing()
        .rendersAs("ordered-window");
  }

  @Test
  void rowsAloneHaveNoOrder() {
    rule("RowOrder")
        .query(
            """
            SELECT s.id FROM (SELECT o.id, o.amount FROM shop.orders o ORDER BY o.amount) s\
            """)
        .showing()
        .rendersAs("rows");
  }
}
