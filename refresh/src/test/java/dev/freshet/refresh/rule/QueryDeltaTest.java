package dev.freshet.refresh.rule;

import static dev.freshet.refresh.rule.RuleCase.rule;

import org.junit.jupiter.api.Test;

class QueryDeltaTest {

  @Test
  void unionAllIsTheSumOfTheChanges() {
    rule("QueryDelta")
        .query(
            """
            SELECT v.page, v.seconds FROM shop.visits v
            UNION ALL
            SELECT r.page, r.seconds FROM shop.returns r WHERE r.seconds > 1::double precision\
            """)
        .rendersAs("union-all");
  }

  @Test
  void aSubqueryChangesInItsPlace() {
    rule("QueryDelta")
        .query(
            """
            SELECT c.id, big.amount
            FROM shop.customers c
            JOIN (SELECT o.customer_id, o.amount FROM shop.orders o WHERE o.amount > 100) big ON big.customer_id = c.id\
            """)
        .rendersAs("subquery");
  }

  @Test
  void aLateralSubqueryIsJoinedWithItsRow() {
    rule("QueryDelta")
        .query(
            """
            SELECT c.id, near.page
            FROM shop.customers c, LATERAL (SELECT v.page FROM shop.visits v WHERE v.customer_id = c.id) near\
            """)
        .rendersAs("lateral-subquery");
  }

  @Test
  void aUnionBelowAJoinIsOneRelation() {
    rule("QueryDelta")
        .query(
            """
            SELECT c.name, seen.page
            FROM shop.customers c
            JOIN (SELECT v.customer_id, v.page FROM shop.visits v UNION ALL SELECT r.customer_id, r.page FROM shop.returns r) seen(buyer, page)
              ON seen.buyer = c.id\
            """)
        .showing(Part.ALL_CHANGED)
        .rendersAs("union-below-join");
  }

  @Test
  void orderWithoutALimitIsForgotten() {
    rule("QueryDelta")
        .query(
            """
            SELECT o.id FROM shop.orders o ORDER BY o.placed\
            """)
        .showing(Part.ALL_CHANGED)
        .rendersAs("order");
  }

  @Test
  void eachSideOfAUnionHasItsNamesAndTypesByItself() {
    rule("QueryDelta")
        .query(
            """
            SELECT u.amount / 2 AS half
            FROM (SELECT o.amount FROM shop.orders o UNION ALL SELECT s.total FROM shop.sales s) u\
            """)
        .showing(Part.EACH_CHANGED)
        .rendersAs("union-of-types");
  }

  @Test
  void aLateralUnionOfUndecidedTypesHasNoRule() {
    rule("QueryDelta")
        .query(
            """
            SELECT c.id, u.x
            FROM shop.customers c,
              LATERAL (SELECT c.id + 1 AS x UNION ALL SELECT o.amount FROM shop.orders o WHERE o.customer_id = c.id) u\
            """)
        .isRefusedAs("lateral-union");
  }
}
