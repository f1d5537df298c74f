package dev.freshet.refresh.rule;

import static dev.freshet.refresh.rule.RuleCase.rule;

import org.junit.jupiter.api.Test;

class RecomputedPartitionsApplyTest {

  @Test
  void aRowThatMovesTouchesBothItsPartitions() {
    rule("RecomputedPartitionsApply")
        .query(
            """
            SELECT i.order_id, i.line, row_number() OVER (PARTITION BY i.order_id ORDER BY i.quantity) AS place
            FROM shop.items i\
            """)
        .rendersAs("window");
  }

  @Test
  void thePartitionOfNullsIsABranchOfItsOwn() {
    rule("RecomputedPartitionsApply")
        .query(
            """
            SELECT o.customer_id, o.id, rank() OVER (PARTITION BY o.customer_id ORDER BY o.amount) AS place
            FROM shop.orders o\
            """)
        .rendersAs("nullable-key");
  }

  @Test
  void rowsWithoutAKeyAreExchangedByCopies() {
    rule("RecomputedPartitionsApply")
        .query(
            """
            SELECT v.page, v.seconds, rank() OVER (PARTITION BY v.page ORDER BY v.seconds) AS place FROM shop.visits v\
            """)
        .rendersAs("bag");
  }

  @Test
  void withoutAPartitionAllIsComputedAnew() {
    rule("RecomputedPartitionsApply")
        .query(
            """
            SELECT o.id, rank() OVER (ORDER BY o.amount) AS place FROM shop.orders o\
            """)
        .rendersAs("one-partition");
  }

  @Test
  void aHiddenPartitionKeyIsKeptInAStage() {
    rule("RecomputedPartitionsApply")
        .query(
            """
            SELECT i.line, row_number() OVER (PARTITION BY i.order_id ORDER BY i.line) AS place FROM shop.items i\
            """)
        .showing(Part.ALL_CHANGED)
        .rendersAs("hidden-key");
  }

  @Test
  void partitionsOfAJoinReadItsDelta() {
    rule("RecomputedPartitionsApply")
        .query(
            """
            SELECT c.city, o.id, rank() OVER (PARTITION BY c.city ORDER BY o.amount) AS place
            FROM shop.orders o JOIN shop.customers c ON c.id = o.customer_id\
            """)
        .showing(Part.ALL_CHANGED)
        .rendersAs("join");
  }
}
