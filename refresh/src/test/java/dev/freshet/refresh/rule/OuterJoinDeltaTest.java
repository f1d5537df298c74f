package dev.freshet.refresh.rule;

import static dev.freshet.refresh.rule.RuleCase.rule;

import org.junit.jupiter.api.Test;

class OuterJoinDeltaTest {

  @Test
  void aRowThatArrivesWithItsFirstMatchIsCountedOnce() {
    rule("OuterJoinDelta")
        .query(
            """
            SELECT o.id, c.city
            FROM shop.orders o LEFT JOIN shop.customers c ON c.id = o.customer_id\
            """)
        .rendersAs("left-join");
  }

  @Test
  void aRightJoinPreservesTheOtherSide() {
    rule("OuterJoinDelta")
        .query(
            """
            SELECT o.id, c.id AS customer
            FROM shop.orders o RIGHT JOIN shop.customers c ON c.id = o.customer_id\
            """)
        .showing(Part.ALL_CHANGED)
        .rendersAs("right-join");
  }

  @Test
  void aFullJoinPreservesBothSides() {
    rule("OuterJoinDelta")
        .query(
            """
            SELECT v.page, r.page AS returned
            FROM shop.visits v FULL JOIN shop.returns r ON v.customer_id = r.customer_id\
            """)
        .showing(Part.ALL_CHANGED)
        .rendersAs("full-join");
  }

  @Test
  void anyConditionMayJoin() {
    rule("OuterJoinDelta")
        .query(
            """
            SELECT v.page, r.page AS returned
            FROM shop.visits v LEFT JOIN shop.returns r ON v.seconds < r.seconds AND r.page = 'home'::text\
            """)
        .showing(Part.ALL_CHANGED)
        .rendersAs("inequality");
  }

  @Test
  void aFilterAboveSeesTheNullsOfTheJoin() {
    rule("OuterJoinDelta")
        .query(
            """
            SELECT c.id
            FROM shop.customers c LEFT JOIN shop.orders o ON o.customer_id = c.id
            WHERE o.id IS NULL\
            """)
        .showing(Part.ALL_CHANGED)
        .rendersAs("filter-above");
  }

  @Test
  void expressionsOverTheMissingSideAreOverNulls() {
    rule("OuterJoinDelta")
        .query(
            """
            SELECT c.id, COALESCE(o.amount, 0) AS amount
            FROM shop.customers c LEFT JOIN shop.orders o ON o.customer_id = c.id\
            """)
        .showing(Part.ALL_CHANGED)
        .rendersAs("expressions");
  }

  @Test
  void innerJoinsAreLeftToTheirOwnRule() {
    rule("OuterJoinDelta")
        .query(
            """
            SELECT c.id, o.amount
            FROM shop.customers c JOIN shop.orders o ON o.customer_id = c.id\
            """)
        .showing(Part.ALL_CHANGED)
        .rendersAs("inner-join");
  }
}
