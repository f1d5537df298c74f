package dev.freshet.refresh.rule;

import static dev.freshet.refresh.rule.RuleCase.rule;

import org.junit.jupiter.api.Test;

class TimeShiftTest {

  @Test
  void changesAreSeenAtTheOldTimeAndTheTimeIsShiftedOnTheNewState() {
    rule("TimeShift")
        .query("SELECT o.id FROM shop.orders o WHERE o.placed > CURRENT_DATE - 7")
        .rendersAs("range");
  }

  @Test
  void whatMayBeNullIsNotNegated() {
    rule("TimeShift")
        .query(
            """
            SELECT o.id FROM shop.orders o
            WHERE CURRENT_DATE - o.placed < o.amount AND o.placed <= LOCALTIMESTAMP(0)\
            """)
        .rendersAs("no-range");
  }

  @Test
  void aComparisonOutsideOfWhereIsAColumn() {
    rule("TimeShift")
        .query(
            """
            SELECT c.city, count(*) FILTER (WHERE o.placed > CURRENT_DATE - 7) AS recent
            FROM shop.customers c LEFT JOIN shop.orders o ON o.customer_id = c.id AND o.placed < CURRENT_DATE
            GROUP BY c.city\
            """)
        .showing(Part.ALL_CHANGED)
        .rendersAs("column");
  }
}
