package dev.freshet.refresh.rule;

import static dev.freshet.refresh.rule.RuleCase.rule;

import org.junit.jupiter.api.Test;

class VerificationTest {

  @Test
  void rowsAreComparedByTheirTextBothWays() {
    rule("Verification")
        .query(
            """
            SELECT o.id, o.price FROM shop.orders o\
            """)
        .showing(Part.VERIFICATION)
        .rendersAs("exact");
  }

  @Test
  void floatsOfAggregatesAreComparedByNineDigits() {
    rule("Verification")
        .query(
            """
            SELECT v.page, sum(v.seconds) AS seconds FROM shop.visits v GROUP BY v.page\
            """)
        .showing(Part.APPROXIMATE_VERIFICATION)
        .rendersAs("floats");
  }

  @Test
  void innerStagesAreNotLookedAt() {
    rule("Verification")
        .query(
            """
            SELECT c.city, avg(c.id) AS average FROM shop.customers c GROUP BY c.city\
            """)
        .showing(Part.VERIFICATION)
        .rendersAs("stages");
  }

  @Test
  void oneOfEqualValuesIsComparedByItsValue() {
    rule("Verification")
        .query(
            """
            SELECT r.sensor, min(r.value) AS least, max(r.temperature) AS warmest, count(*) AS n
            FROM shop.readings r GROUP BY r.sensor\
            """)
        .showing(Part.VERIFICATION_BY_VALUE)
        .rendersAs("by-value");
  }
}
