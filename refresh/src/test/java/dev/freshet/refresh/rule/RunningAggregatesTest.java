package dev.freshet.refresh.rule;

import static dev.freshet.refresh.rule.RuleCase.rule;

import org.junit.jupiter.api.Test;

/** Which aggregates are carried forward, and what is kept for that. */
class RunningAggregatesTest {

  @Test
  void anAverageIsASumAndACount() {
    rule("RunningAggregates")
        .query(
            """
            SELECT o.placed, avg(o.amount) AS average FROM shop.orders o GROUP BY o.placed\
            """)
        .showing()
        .rendersAs("average");
  }

  @Test
  void anAverageOfNullsIsNull() {
    rule("RunningAggregates")
        .query(
            """
            SELECT i.product, avg(i.quantity) AS average FROM shop.items i GROUP BY i.product\
            """)
        .showing()
        .rendersAs("average-of-nulls");
  }

  @Test
  void theSameArgumentIsKeptOnce() {
    rule("RunningAggregates")
        .query(
            """
            SELECT o.placed, avg(o.amount) AS average, sum(o.amount) AS total, count(o.amount) AS n FROM shop.orders o GROUP BY o.placed\
            """)
        .showing()
        .rendersAs("shared");
  }

  @Test
  void productsAndDifferencesOfDeclaredScalesHaveOne() {
    rule("RunningAggregates")
        .query(
            """
            SELECT o.placed, sum(o.price * 1.5 - o.amount::numeric) AS total FROM shop.orders o GROUP BY o.placed\
            """)
        .showing()
        .rendersAs("scale");
  }

  @Test
  void aQuotientHasNoScaleAndIsComputedAnew() {
    rule("RunningAggregates")
        .query(
            """
            SELECT o.placed, sum(o.price / 3::numeric) AS total FROM shop.orders o GROUP BY o.placed\
            """)
        .showing()
        .rendersAs("quotient");
  }

  @Test
  void aNumericOfNoScaleIsComputedAnew() {
    rule("RunningAggregates")
        .query(
            """
            SELECT r.sensor, sum(r.value) AS total FROM shop.readings r GROUP BY r.sensor\
            """)
        .showing()
        .rendersAs("without-scale");
  }

  @Test
  void distinctValuesAreCountedAnew() {
    rule("RunningAggregates")
        .query(
            """
            SELECT o.placed, count(DISTINCT o.customer_id) AS customers FROM shop.orders o GROUP BY o.placed\
            """)
        .showing()
        .rendersAs("distinct");
  }

  @Test
  void oneAggregateComputedAnewTakesTheOthersWithIt() {
    rule("RunningAggregates")
        .query(
            """
            SELECT v.page, count(*) AS n, sum(v.seconds) AS seconds FROM shop.visits v GROUP BY v.page\
            """)
        .showing()
        .rendersAs("all-or-none");
  }

  @Test
  void aKeyOfNoExactTypeIsNotCarriedForward() {
    rule("RunningAggregates")
        .query(
            """
            SELECT r.value, count(*) AS n FROM shop.readings r GROUP BY r.value\
            """)
        .showing()
        .rendersAs("inexact-key");
  }

  @Test
  void anAggregateOfAnotherSchemaIsNotPostgresOwn() {
    rule("RunningAggregates")
        .query(
            """
            SELECT o.placed, shop.sum(o.amount) AS total FROM shop.orders o GROUP BY o.placed\
            """)
        .showing()
        .rendersAs("other-schema");
  }

  @Test
  void booleansHaveNoRunningForm() {
    rule("RunningAggregates")
        .query(
            """
            SELECT o.placed, bool_or(o.amount > 10) AS any_large FROM shop.orders o GROUP BY o.placed\
            """)
        .showing()
        .rendersAs("boolean");
  }
}
