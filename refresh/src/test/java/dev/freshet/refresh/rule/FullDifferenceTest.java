package dev.freshet.refresh.rule;

import static dev.freshet.refresh.rule.RuleCase.rule;

import org.junit.jupiter.api.Test;

class FullDifferenceTest {

  @Test
  void keyedRowsAreMerged() {
    rule("FullDifference")
        .query(
            """
            SELECT o.id, o.amount FROM shop.orders o\
            """)
        .showing(Part.FULL, Part.POPULATION)
        .rendersAs("keyed");
  }

  @Test
  void copiesAreNumberedOnBothSides() {
    rule("FullDifference")
        .query(
            """
            SELECT v.page, v.seconds FROM shop.visits v\
            """)
        .showing(Part.FULL)
        .rendersAs("bag");
  }

  @Test
  void rowsWithoutAnEqualityAreNumberedByTheirText() {
    rule("FullDifference")
        .query(
            """
            SELECT d.body, d.place FROM shop.documents d\
            """)
        .showing(Part.FULL)
        .rendersAs("without-equality");
  }

  @Test
  void aNullableKeyIsFoundByItsHash() {
    rule("FullDifference")
        .query(
            """
            SELECT c.city, count(*) AS n FROM shop.customers c GROUP BY c.city\
            """)
        .showing(Part.FULL)
        .rendersAs("nullable-key");
  }

  @Test
  void oneRowAtMostIsMerged() {
    rule("FullDifference")
        .query(
            """
            SELECT count(*) AS n FROM shop.orders o\
            """)
        .showing(Part.FULL)
        .rendersAs("one-row");
  }

  @Test
  void everyStageIsComputedFromThoseBefore() {
    rule("FullDifference")
        .query(
            """
            SELECT c.city, avg(c.id) AS average FROM shop.customers c GROUP BY c.city\
            """)
        .showing(Part.FULL, Part.POPULATION)
        .rendersAs("stages");
  }

  @Test
  void theNumbersOfCopiesAvoidTheNamesOfColumns() {
    rule("FullDifference")
        .query(
            """
            SELECT v.page AS __copy, v.seconds AS __place FROM shop.visits v\
            """)
        .showing(Part.FULL)
        .rendersAs("taken-names");
  }
}
