package dev.freshet.refresh.rule;

import static dev.freshet.refresh.rule.RuleCase.rule;

import org.junit.jupiter.api.Test;

class LateralsToJoinsTest {

  @Test
  void oneGroupIsAnOuterJoinAndWhatNothingGives() {
    rule("LateralsToJoins")
        .query(
            """
            SELECT c.id, n.n
            FROM shop.customers c, LATERAL (SELECT count(*) AS n FROM shop.orders o WHERE o.customer_id = c.id) n\
            """)
        .showing()
        .rendersAs("one-group");
  }

  @Test
  void aLimitIsAPlaceAmongTheRowsOfAKey() {
    rule("LateralsToJoins")
        .query(
            """
            SELECT c.id, o.amount
            FROM shop.customers c LEFT JOIN LATERAL
              (SELECT o.amount FROM shop.orders o WHERE o.customer_id = c.id ORDER BY o.amount DESC LIMIT 3) o ON true\
            """)
        .showing()
        .rendersAs("limit");
  }

  @Test
  void aWindowIsPartitionedByTheKey() {
    rule("LateralsToJoins")
        .query(
            """
            SELECT c.id, o.place
            FROM shop.customers c, LATERAL
              (SELECT rank() OVER (ORDER BY o.amount) AS place FROM shop.orders o WHERE o.customer_id = c.id) o\
            """)
        .showing()
        .rendersAs("window");
  }

  /** Over all rows it would be another one than over those of the outer row. */
  @Test
  void aWindowInTheOrderAlone() {
    rule("LateralsToJoins")
        .query(
            """
            SELECT c.id, o.amount
            FROM shop.customers c, LATERAL
              (SELECT o.amount FROM shop.orders o WHERE o.customer_id = c.id
               ORDER BY (row_number() OVER (ORDER BY o.placed)), o.amount LIMIT 1) o\
            """)
        .showing()
        .rendersAs("window-in-order");
  }

  @Test
  void aLimitThatIsNoConstantIsRefused() {
    rule("LateralsToJoins")
        .query(
            """
            SELECT c.id, o.amount
            FROM shop.customers c, LATERAL
              (SELECT o.amount FROM shop.orders o WHERE o.customer_id = c.id ORDER BY o.amount LIMIT c.id) o\
            """)
        .isRefusedAs("limit-by-row");
  }
}
