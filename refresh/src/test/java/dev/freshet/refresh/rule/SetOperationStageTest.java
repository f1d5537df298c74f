package dev.freshet.refresh.rule;

import static dev.freshet.refresh.rule.RuleCase.rule;

import org.junit.jupiter.api.Test;

class SetOperationStageTest {

  @Test
  void aRowOfIntersectDependsOnItsEqualsAlone() {
    rule("SetOperationStage")
        .query(
            """
            SELECT v.page FROM shop.visits v INTERSECT SELECT r.page FROM shop.returns r\
            """)
        .showing(Part.ALL_CHANGED)
        .rendersAs("intersect");
  }

  @Test
  void exceptAllCountsCopies() {
    rule("SetOperationStage")
        .query(
            """
            SELECT v.page, v.customer_id FROM shop.visits v EXCEPT ALL SELECT r.page, r.customer_id FROM shop.returns r\
            """)
        .showing(Part.ALL_CHANGED)
        .rendersAs("except-all");
  }

  @Test
  void oneChangedSideTellsWhichRowsToLookAt() {
    rule("SetOperationStage")
        .query(
            """
            SELECT c.id FROM shop.customers c EXCEPT SELECT o.customer_id FROM shop.orders o\
            """)
        .showing(Part.EACH_CHANGED)
        .rendersAs("one-side");
  }

  @Test
  void bothSidesHaveTheTypeOfTheResult() {
    rule("SetOperationStage")
        .query(
            """
            SELECT c.id FROM shop.customers c INTERSECT SELECT s.total FROM shop.sales s\
            """)
        .showing()
        .rendersAs("wider-type");
  }

  @Test
  void aUnionOfAnExceptReadsItsStage() {
    rule("SetOperationStage")
        .query(
            """
            (SELECT v.page FROM shop.visits v EXCEPT SELECT r.page FROM shop.returns r)
            UNION ALL
            SELECT c.name FROM shop.customers c\
            """)
        .showing()
        .rendersAs("nested");
  }

  @Test
  void aLateralSubqueryIntersectsForEachRow() {
    rule("SetOperationStage")
        .query(
            """
            SELECT c.id, both_.page
            FROM shop.customers c,
              LATERAL (SELECT v.page FROM shop.visits v WHERE v.customer_id = c.id INTERSECT SELECT r.page FROM shop.returns r) both_\
            """)
        .showing()
        .rendersAs("lateral");
  }
}
