package dev.freshet.refresh.rule;

import static dev.freshet.refresh.rule.RuleCase.rule;

import org.junit.jupiter.api.Test;

class SubqueriesToJoinsTest {

  @Test
  void existsIsASemiJoin() {
    rule("SubqueriesToJoins")
        .query(
            """
            SELECT c.id
            FROM shop.customers c
            WHERE (EXISTS ( SELECT FROM shop.orders o WHERE o.customer_id = c.id))\
            """)
        .showing()
        .rendersAs("exists");
  }

  @Test
  void notInIsAnAntiJoinAndAQuestionForNulls() {
    rule("SubqueriesToJoins")
        .query(
            """
            SELECT c.id FROM shop.customers c WHERE NOT (c.id IN ( SELECT o.customer_id FROM shop.orders o))\
            """)
        .showing()
        .rendersAs("not-in");
  }

  @Test
  void anAggregateIsJoinedByItsKey() {
    rule("SubqueriesToJoins")
        .query(
            """
            SELECT c.id, (SELECT max(o.amount) AS max FROM shop.orders o WHERE o.customer_id = c.id) AS most FROM shop.customers c\
            """)
        .showing()
        .rendersAs("scalar");
  }

  @Test
  void aConditionOfAnInnerJoinIsAFilter() {
    rule("SubqueriesToJoins")
        .query(
            """
            SELECT c.id
            FROM shop.customers c JOIN shop.orders o ON o.amount > ( SELECT avg(v.seconds) AS avg FROM shop.visits v)\
            """)
        .showing()
        .rendersAs("join-condition");
  }

  @Test
  void whatIsDeepInsideIsReplacedToo() {
    rule("SubqueriesToJoins")
        .query(
            """
            SELECT big.id
            FROM (SELECT c.id FROM shop.customers c WHERE c.id > ( SELECT count(*) AS count FROM shop.visits v)) big\
            """)
        .showing()
        .rendersAs("deep");
  }

  @Test
  void aWindowIsOverTheJoinedValue() {
    rule("SubqueriesToJoins")
        .query(
            """
            SELECT o.id, count(*) OVER w AS n FROM shop.orders o WINDOW w AS (PARTITION BY ( SELECT c.city FROM shop.customers c WHERE c.id = o.customer_id))\
            """)
        .showing()
        .rendersAs("window");
  }

  @Test
  void distinctOnIsByTheJoinedValue() {
    rule("SubqueriesToJoins")
        .query(
            """
            SELECT DISTINCT ON (( SELECT c.city FROM shop.customers c WHERE c.id = o.customer_id)) o.id FROM shop.orders o\
            """)
        .showing()
        .rendersAs("distinct-on");
  }

  @Test
  void comparisonsAreAskedForEachValue() {
    rule("SubqueriesToJoins")
        .query(
            """
            SELECT c.id FROM shop.customers c WHERE (EXISTS ( SELECT FROM shop.orders o WHERE o.customer_id > c.id))\
            """)
        .showing()
        .rendersAs("combinations");
  }

  @Test
  void notExistsIsAnAntiJoin() {
    rule("SubqueriesToJoins")
        .query(
            """
            SELECT c.id FROM shop.customers c WHERE NOT (EXISTS ( SELECT FROM shop.orders o WHERE o.customer_id = c.id))\
            """)
        .showing()
        .rendersAs("not-exists");
  }

  @Test
  void groupsAreRowsForASubqueryInHaving() {
    rule("SubqueriesToJoins")
        .query(
            """
            SELECT o.customer_id, count(*) AS n FROM shop.orders o GROUP BY o.customer_id HAVING count(*) > ( SELECT count(*) AS count FROM shop.customers c WHERE c.id = o.customer_id)\
            """)
        .showing()
        .rendersAs("having");
  }

  @Test
  void theEmptyCountIsZero() {
    rule("SubqueriesToJoins")
        .query(
            """
            SELECT c.id, ( SELECT count(*) AS count FROM shop.orders o WHERE o.customer_id = c.id) AS n FROM shop.customers c\
            """)
        .showing()
        .rendersAs("empty-group");
  }

  @Test
  void aLimitOfACorrelatedSubqueryHasNoRule() {
    rule("SubqueriesToJoins")
        .query(
            """
            SELECT c.id FROM shop.customers c WHERE c.id IN ( SELECT o.id FROM shop.orders o WHERE o.customer_id = c.id ORDER BY o.id LIMIT 2)\
            """)
        .isRefusedAs("limit");
  }
}
