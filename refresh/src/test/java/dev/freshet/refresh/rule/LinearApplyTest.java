package dev.freshet.refresh.rule;

import static dev.freshet.refresh.rule.RuleCase.rule;

import org.junit.jupiter.api.Test;

class LinearApplyTest {

  @Test
  void aKeyedRowIsMergedAndAnUpdateIsOneChange() {
    rule("LinearApply")
        .query(
            """
            SELECT o.id, o.amount FROM shop.orders o WHERE o.amount > 10\
            """)
        .showing(Part.ALL_CHANGED)
        .rendersAs("keyed");
  }

  @Test
  void insertionsAloneAreAppended() {
    rule("LinearApply")
        .query(
            """
            SELECT o.id, o.amount FROM shop.orders o WHERE o.amount > 10\
            """)
        .showing(Part.INSERT_ONLY)
        .rendersAs("insertions");
  }

  @Test
  void rowsThatAreNothingButAKeyAreNeverUpdated() {
    rule("LinearApply")
        .query(
            """
            SELECT o.id FROM shop.orders o\
            """)
        .showing(Part.ALL_CHANGED)
        .rendersAs("nothing-but-a-key");
  }

  @Test
  void copiesOfARowAreExchangedByTheirNumber() {
    rule("LinearApply")
        .query(
            """
            SELECT v.customer_id, v.page FROM shop.visits v\
            """)
        .showing(Part.ALL_CHANGED)
        .rendersAs("bag");
  }

  @Test
  void aKeyThatCanBeNullIsFoundByItsHash() {
    rule("LinearApply")
        .query(
            """
            SELECT o.customer_id, avg(o.amount) AS average FROM shop.orders o GROUP BY o.customer_id\
            """)
        .showing(Part.ALL_CHANGED)
        .rendersAs("nullable-key");
  }

  @Test
  void oneRowAtMostNeedsNoKey() {
    rule("LinearApply")
        .query(
            """
            SELECT avg(o.amount) AS average FROM shop.orders o\
            """)
        .showing(Part.ALL_CHANGED)
        .rendersAs("one-row");
  }

  @Test
  void aCountWithoutCapturedColumnsHasItsWeightsAlone() {
    rule("LinearApply")
        .query(
            """
            SELECT 1 AS one FROM shop.visits v\
            """)
        .showing(Part.ALL_CHANGED)
        .rendersAs("no-columns");
  }
}
