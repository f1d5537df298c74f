package dev.freshet.refresh.rule;

import static dev.freshet.refresh.rule.RuleCase.rule;

import org.junit.jupiter.api.Test;

class MergedColumnsTest {

  @Test
  void aFullJoinShowsWhicheverMergedColumnIsThere() {
    rule("MergedColumns")
        .query(
            """
            SELECT customer_id, v.page, r.page AS returned
            FROM shop.visits v FULL JOIN shop.returns r USING (customer_id)\
            """)
        .showing()
        .rendersAs("full-using");
  }

  @Test
  void usingIsAnEqualityOfBothSides() {
    rule("MergedColumns")
        .query(
            """
            SELECT v.customer_id, v.page
            FROM shop.visits v LEFT JOIN shop.returns r USING (customer_id)\
            """)
        .showing()
        .rendersAs("left-using");
  }

  @Test
  void aJoinOfAJoinComparesWhatThatMerged() {
    rule("MergedColumns")
        .query(
            """
            SELECT v.page, o.amount
            FROM shop.visits v LEFT JOIN shop.returns r USING (customer_id) LEFT JOIN shop.orders o USING (customer_id)\
            """)
        .showing()
        .rendersAs("left-of-left");
  }

  @Test
  void afterAFullJoinWhicheverIsThereIsCompared() {
    rule("MergedColumns")
        .query(
            """
            SELECT customer_id, v.page, o.amount
            FROM shop.visits v FULL JOIN shop.returns r USING (customer_id) LEFT JOIN shop.orders o USING (customer_id)\
            """)
        .showing()
        .rendersAs("left-of-full");
  }

  @Test
  void afterARightJoinTheRightColumnIsCompared() {
    rule("MergedColumns")
        .query(
            """
            SELECT v.page, o.amount
            FROM shop.visits v RIGHT JOIN shop.returns r USING (customer_id) LEFT JOIN shop.orders o USING (customer_id)\
            """)
        .showing()
        .rendersAs("left-of-right");
  }

  @Test
  void anInnerJoinBelowAnOuterOneIsWrittenToo() {
    rule("MergedColumns")
        .query(
            """
            SELECT v.page, o.amount
            FROM shop.visits v JOIN shop.returns r USING (customer_id) LEFT JOIN shop.orders o USING (customer_id)\
            """)
        .showing()
        .rendersAs("left-of-inner");
  }

  @Test
  void theSideThatHasTheColumnIsFoundByTheCatalog() {
    rule("MergedColumns")
        .query(
            """
            SELECT v.page, o.amount
            FROM shop.visits v LEFT JOIN (shop.orders o JOIN shop.customers c ON c.id = o.customer_id) USING (customer_id)\
            """)
        .showing()
        .rendersAs("bearer");
  }

  @Test
  void aConditionInBetweenMeansWhatWasMergedSoFar() {
    rule("MergedColumns")
        .query(
            """
            SELECT customer_id, v.page, i.product
            FROM (shop.visits v FULL JOIN shop.returns r USING (customer_id))
              LEFT JOIN shop.items i ON i.line = customer_id
              FULL JOIN shop.orders o USING (customer_id)\
            """)
        .showing()
        .rendersAs("in-between");
  }

  @Test
  void aLateralSubqueryMeansItsOwnFirst() {
    rule("MergedColumns")
        .query(
            """
            SELECT l.customer_id, v.page
            FROM shop.visits v FULL JOIN shop.returns r USING (customer_id)
              CROSS JOIN LATERAL (SELECT o.customer_id FROM shop.orders o WHERE o.customer_id = customer_id) l\
            """)
        .showing()
        .rendersAs("lateral");
  }

  @Test
  void theBareColumnsOfAQueryOfOneTableAreThatTables() {
    rule("MergedColumns")
        .query(
            """
            SELECT one.page
            FROM (SELECT customer_id, page FROM shop.visits) one FULL JOIN shop.returns r USING (customer_id)\
            """)
        .showing()
        .rendersAs("bare");
  }

  @Test
  void whichFunctionHasTheColumnIsNotGuessed() {
    rule("MergedColumns")
        .query(
            """
            SELECT o.amount
            FROM (generate_series(1, 2) a(id) JOIN generate_series(1, 3) b(number) ON true) LEFT JOIN shop.orders o USING (id)\
            """)
        .isRefusedAs("functions");
  }
}
