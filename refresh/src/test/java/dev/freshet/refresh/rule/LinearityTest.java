package dev.freshet.refresh.rule;

import static dev.freshet.refresh.rule.RuleCase.rule;

import org.junit.jupiter.api.Test;

/** What has no delta rule, and where in the query it stands. */
class LinearityTest {

  @Test
  void rowsAreNotLocked() {
    rule("Linearity")
        .query(
            """
            SELECT o.id FROM shop.orders o FOR UPDATE\
            """)
        .isRefusedAs("locking");
  }

  @Test
  void aSetReturningTargetOfGroupsBelongsIntoFrom() {
    rule("Linearity")
        .query(
            """
            SELECT unnest(p.tags) AS tag, count(*) AS n FROM shop.products p GROUP BY unnest(p.tags)\
            """)
        .isRefusedAs("set-returning-target");
  }

  @Test
  void aJoinWithAnAliasHasNoRule() {
    rule("Linearity")
        .query(
            """
            SELECT j.name FROM (shop.customers c JOIN shop.items i ON i.line = c.id) j\
            """)
        .isRefusedAs("join-alias");
  }

  @Test
  void aSubqueryInALimitHasNoRule() {
    rule("Linearity")
        .query(
            """
            SELECT o.id FROM shop.orders o ORDER BY o.id LIMIT ( SELECT count(*) AS count FROM shop.customers)\
            """)
        .isRefusedAs("limit");
  }

  @Test
  void aSubqueryInAnOffsetHasNoRule() {
    rule("Linearity")
        .query(
            """
            SELECT o.id FROM shop.orders o ORDER BY o.id OFFSET ( SELECT count(*) AS count FROM shop.customers)\
            """)
        .isRefusedAs("offset");
  }

  @Test
  void aSubqueryInValuesHasNoRule() {
    rule("Linearity")
        .query(
            """
            SELECT v.x FROM ( VALUES (( SELECT count(*) AS count FROM shop.customers)), (7)) v(x)\
            """)
        .isRefusedAs("values");
  }

  @Test
  void aSubqueryInAnArgumentOfAFunctionInFromHasNoRule() {
    rule("Linearity")
        .query(
            """
            SELECT g.g FROM generate_series(1, ( SELECT count(*) AS count FROM shop.customers)) g(g)\
            """)
        .isRefusedAs("function-argument");
  }

  @Test
  void aSetReturningOrderMultipliesRows() {
    rule("Linearity")
        .query(
            """
            SELECT o.id FROM shop.orders o ORDER BY (generate_series(1, 3))\
            """)
        .isRefusedAs("set-returning-order");
  }

  @Test
  void aSetReturningGroupMultipliesRows() {
    rule("Linearity")
        .query(
            """
            SELECT count(*) AS n FROM shop.orders o GROUP BY (generate_series(1, 3))\
            """)
        .isRefusedAs("set-returning-group");
  }

  @Test
  void theArgumentOfASetReturningFunctionInFromIsNoneItself() {
    rule("Linearity")
        .query(
            """
            SELECT g.g FROM shop.orders o, LATERAL generate_series(1, abs(o.amount)) g(g)\
            """)
        .showing()
        .rendersAs("function-in-from");
  }

  @Test
  void naturalJoinsAreNotSeenThrough() {
    rule("Linearity")
        .query(
            """
            SELECT v.page FROM shop.visits v NATURAL LEFT JOIN shop.returns r\
            """)
        .isRefusedAs("natural");
  }
}
