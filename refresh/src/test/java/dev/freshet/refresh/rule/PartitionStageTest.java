package dev.freshet.refresh.rule;

import static dev.freshet.refresh.rule.RuleCase.rule;

import org.junit.jupiter.api.Test;

class PartitionStageTest {

  @Test
  void theFirstRowOfEachGroupIsChosenAnewInItsGroup() {
    rule("PartitionStage")
        .query(
            """
            SELECT DISTINCT ON (o.customer_id) o.customer_id, o.id, o.amount
            FROM shop.orders o
            ORDER BY o.customer_id, o.amount DESC\
            """)
        .rendersAs("distinct-on");
  }

  @Test
  void theKeyOfDistinctOnMayBeHidden() {
    rule("PartitionStage")
        .query(
            """
            SELECT DISTINCT ON (o.placed) o.id FROM shop.orders o ORDER BY o.placed, o.amount\
            """)
        .showing(Part.ALL_CHANGED)
        .rendersAs("distinct-on-hidden-key");
  }

  @Test
  void aLimitIsOnePartition() {
    rule("PartitionStage")
        .query(
            """
            SELECT o.id, o.amount FROM shop.orders o ORDER BY o.amount DESC LIMIT 10\
            """)
        .rendersAs("limit");
  }

  @Test
  void anOffsetIsALimitToo() {
    rule("PartitionStage")
        .query(
            """
            SELECT o.id, o.amount FROM shop.orders o ORDER BY o.amount DESC OFFSET 5\
            """)
        .showing()
        .rendersAs("offset");
  }

  @Test
  void distinctRowsAreCountedBeforeTheLimit() {
    rule("PartitionStage")
        .query(
            """
            SELECT DISTINCT c.city FROM shop.customers c ORDER BY c.city LIMIT 3\
            """)
        .showing()
        .rendersAs("distinct-limit");
  }

  @Test
  void aLimitOfGroupsIsOverTheirStage() {
    rule("PartitionStage")
        .query(
            """
            SELECT c.city, count(*) AS n FROM shop.customers c GROUP BY c.city ORDER BY (count(*)) DESC LIMIT 3\
            """)
        .showing()
        .rendersAs("limit-of-groups");
  }

  @Test
  void aLimitInASubqueryIsAStage() {
    rule("PartitionStage")
        .query(
            """
            SELECT c.name, top.amount
            FROM shop.customers c
            JOIN (SELECT o.customer_id, o.amount FROM shop.orders o ORDER BY o.amount DESC LIMIT 10) top ON top.customer_id = c.id\
            """)
        .showing(Part.ALL_CHANGED)
        .rendersAs("limit-below-join");
  }

  @Test
  void whatAllWindowsArePartitionedByIsTheKey() {
    rule("PartitionStage")
        .query(
            """
            SELECT i.order_id, i.line,
              row_number() OVER (PARTITION BY i.order_id ORDER BY i.line) AS place,
              count(*) OVER (PARTITION BY i.order_id, i.product) AS same
            FROM shop.items i\
            """)
        .showing()
        .rendersAs("common-partition");
  }

  @Test
  void windowsThatShareNothingAreOnePartition() {
    rule("PartitionStage")
        .query(
            """
            SELECT i.order_id, i.line,
              count(*) OVER (PARTITION BY i.order_id) AS lines,
              count(*) OVER (PARTITION BY i.product) AS same
            FROM shop.items i\
            """)
        .showing()
        .rendersAs("no-common-partition");
  }

  @Test
  void aNamedWindowIsLookedUp() {
    rule("PartitionStage")
        .query(
            """
            SELECT i.order_id, i.line, rank() OVER w AS place
            FROM shop.items i
            WINDOW w AS (PARTITION BY i.order_id ORDER BY i.quantity)\
            """)
        .showing()
        .rendersAs("named-window");
  }

  @Test
  void aWindowOverGroupsReadsTheirStage() {
    rule("PartitionStage")
        .query(
            """
            SELECT c.city, count(*) AS n, rank() OVER (ORDER BY (count(*)) DESC) AS place
            FROM shop.customers c GROUP BY c.city\
            """)
        .showing()
        .rendersAs("window-over-groups");
  }

  @Test
  void distinctRowsOfAWindowAreGroupsOverItsStage() {
    rule("PartitionStage")
        .query(
            """
            SELECT DISTINCT i.order_id, count(*) OVER (PARTITION BY i.order_id) AS lines FROM shop.items i\
            """)
        .showing()
        .rendersAs("distinct-window");
  }

  @Test
  void aKeyWithoutAnEqualityMakesOnePartition() {
    rule("PartitionStage")
        .query(
            """
            SELECT d.home, d.id, row_number() OVER (PARTITION BY d.home ORDER BY d.id) AS place FROM shop.documents d\
            """)
        .showing()
        .rendersAs("key-without-equality");
  }
}
