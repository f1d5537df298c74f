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
  void groupingSetsHaveNoRule() {
    rule("Linearity")
        .query(
            """
            SELECT c.city, c.name, count(*) AS n FROM shop.customers c GROUP BY GROUPING SETS ((c.city), (c.name))\
            """)
        .isRefusedAs("grouping-sets");
  }

  @Test
  void rollupHasNoRule() {
    rule("Linearity")
        .query(
            """
            SELECT c.city, count(*) AS n FROM shop.customers c GROUP BY ROLLUP (c.city)\
            """)
        .isRefusedAs("rollup");
  }

  @Test
  void groupingAsksForASet() {
    rule("Linearity")
        .query(
            """
            SELECT GROUPING(c.city) AS g, count(*) AS n FROM shop.customers c GROUP BY c.city\
            """)
        .isRefusedAs("grouping");
  }

  @Test
  void existsInAFilterHasNoRule() {
    rule("Linearity")
        .query(
            """
            SELECT c.id
            FROM shop.customers c
            WHERE (EXISTS ( SELECT FROM shop.orders o WHERE o.customer_id = c.id))\
            """)
        .isRefusedAs("exists");
  }

  @Test
  void inASubqueryHasNoRule() {
    rule("Linearity")
        .query(
            """
            SELECT c.id FROM shop.customers c WHERE NOT (c.id IN ( SELECT o.customer_id FROM shop.orders o))\
            """)
        .isRefusedAs("in");
  }

  @Test
  void aScalarSubqueryHasNoRule() {
    rule("Linearity")
        .query(
            """
            SELECT c.id, (SELECT max(o.amount) AS max FROM shop.orders o WHERE o.customer_id = c.id) AS most FROM shop.customers c\
            """)
        .isRefusedAs("scalar-subquery");
  }

  @Test
  void aSubqueryInAJoinConditionHasNoRule() {
    rule("Linearity")
        .query(
            """
            SELECT c.id
            FROM shop.customers c JOIN shop.orders o ON o.amount > ( SELECT avg(v.seconds) AS avg FROM shop.visits v)\
            """)
        .isRefusedAs("join-condition");
  }

  @Test
  void aSetReturningTargetBelongsIntoFrom() {
    rule("Linearity")
        .query(
            """
            SELECT p.code, unnest(p.tags) AS tag FROM shop.products p\
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
  void whatIsDeepInsideIsFoundToo() {
    rule("Linearity")
        .query(
            """
            SELECT big.id
            FROM (SELECT c.id FROM shop.customers c WHERE c.id > ( SELECT count(*) AS count FROM shop.visits v)) big\
            """)
        .isRefusedAs("deep");
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
  void aSubqueryInAWindowHasNoRule() {
    rule("Linearity")
        .query(
            """
            SELECT o.id, count(*) OVER w AS n FROM shop.orders o WINDOW w AS (PARTITION BY ( SELECT c.city FROM shop.customers c WHERE c.id = o.customer_id))\
            """)
        .isRefusedAs("window");
  }

  @Test
  void aSubqueryInDistinctOnHasNoRule() {
    rule("Linearity")
        .query(
            """
            SELECT DISTINCT ON (( SELECT c.city FROM shop.customers c WHERE c.id = o.customer_id)) o.id FROM shop.orders o\
            """)
        .isRefusedAs("distinct-on");
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
