package dev.freshet.refresh.rule;

import static dev.freshet.refresh.rule.RuleCase.rule;

import org.junit.jupiter.api.Test;

class ExtremeGroupsTest {

  @Test
  void aGroupIsReadAgainWhenItsLeastValueWent() {
    rule("ExtremeGroups")
        .query(
            """
            SELECT o.placed, count(*) AS n, min(o.amount) AS least FROM shop.orders o GROUP BY o.placed\
            """)
        .rendersAs("min");
  }

  @Test
  void aGroupIsReadAgainWhenItsGreatestValueWent() {
    rule("ExtremeGroups")
        .query(
            """
            SELECT c.city, count(*) AS n, max(c.name) AS last FROM shop.customers c GROUP BY c.city\
            """)
        .rendersAs("max");
  }

  @Test
  void extremesThatAreEqualYetNotTheSameAreCompared() {
    rule("ExtremeGroups")
        .query(
            """
            SELECT r.sensor, count(*) AS n, max(r.value) AS most FROM shop.readings r GROUP BY r.sensor\
            """)
        .rendersAs("inexact");
  }

  @Test
  void theWholeTableIsReadAgainForItsExtreme() {
    rule("ExtremeGroups")
        .query(
            """
            SELECT count(*) AS n, min(o.amount) AS least, max(o.amount) AS most FROM shop.orders o\
            """)
        .rendersAs("global");
  }

  @Test
  void sumsBesideExtremesAreCarriedForward() {
    rule("ExtremeGroups")
        .query(
            """
            SELECT o.placed, count(*) AS n, sum(o.amount) AS total, max(o.amount) AS most FROM shop.orders o GROUP BY o.placed\
            """)
        .rendersAs("beside-a-sum");
  }

  @Test
  void withoutACountTheExtremeIsInAStageOfItsOwn() {
    rule("ExtremeGroups")
        .query(
            """
            SELECT o.placed, max(o.amount) AS most FROM shop.orders o GROUP BY o.placed\
            """)
        .rendersAs("without-count");
  }

  @Test
  void aCollationThatCallsDifferentStringsEqualHasNoKeptExtreme() {
    rule("ExtremeGroups")
        .query(
            """
            SELECT b.country, count(*) AS n, max(b.name) AS last FROM shop.brands b GROUP BY b.country\
            """)
        .rendersAs("collation");
  }
}
