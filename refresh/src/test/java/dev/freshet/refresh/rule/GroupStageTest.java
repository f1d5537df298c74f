package dev.freshet.refresh.rule;

import static dev.freshet.refresh.rule.RuleCase.rule;

import org.junit.jupiter.api.Test;

class GroupStageTest {

  @Test
  void aCountThatIsNotShownMakesAStage() {
    rule("GroupStage")
        .query(
            """
            SELECT o.placed, sum(o.amount) AS total FROM shop.orders o GROUP BY o.placed\
            """)
        .rendersAs("count-not-shown");
  }

  @Test
  void havingIsAFilterOverTheStage() {
    rule("GroupStage")
        .query(
            """
            SELECT o.placed, count(*) AS n FROM shop.orders o GROUP BY o.placed HAVING count(*) > 1\
            """)
        .showing(Part.ALL_CHANGED)
        .rendersAs("having");
  }

  @Test
  void anExpressionOverAggregatesReadsTheStage() {
    rule("GroupStage")
        .query(
            """
            SELECT o.placed, sum(o.amount) * 2 + count(*) AS score FROM shop.orders o GROUP BY o.placed\
            """)
        .showing()
        .rendersAs("expression");
  }

  @Test
  void anAggregateShownTwiceIsKeptOnce() {
    rule("GroupStage")
        .query(
            """
            SELECT o.placed, count(*) AS n, count(*) AS m FROM shop.orders o GROUP BY o.placed\
            """)
        .showing()
        .rendersAs("twice");
  }

  @Test
  void aGroupOfGroupsSeesTheirTrueChanges() {
    rule("GroupStage")
        .query(
            """
            SELECT totals.total, count(*) AS customers
            FROM (SELECT o.customer_id, sum(o.amount) AS total FROM shop.orders o GROUP BY o.customer_id) totals
            GROUP BY totals.total\
            """)
        .showing(Part.ALL_CHANGED)
        .rendersAs("nested");
  }

  @Test
  void keysAloneAreGroupsToo() {
    rule("GroupStage")
        .query(
            """
            SELECT c.city FROM shop.customers c GROUP BY c.city\
            """)
        .showing(Part.ALL_CHANGED)
        .rendersAs("keys-alone");
  }

  @Test
  void aColumnThatFollowsFromTheKeyGroupsAsFinely() {
    rule("GroupStage")
        .query(
            """
            SELECT c.id, c.name, count(*) AS n
            FROM shop.customers c JOIN shop.orders o ON o.customer_id = c.id
            GROUP BY c.id\
            """)
        .showing()
        .rendersAs("dependent-column");
  }

  @Test
  void anAggregateInTheOrderAloneMakesOneRow() {
    rule("GroupStage")
        .query(
            """
            SELECT 1 AS one FROM shop.customers c ORDER BY (count(*))\
            """)
        .rendersAs("order-alone");
  }

  @Test
  void anAggregateInAWindowAloneMakesOneRow() {
    rule("GroupStage")
        .query(
            """
            SELECT row_number() OVER (ORDER BY (max(c.name))) AS place FROM shop.customers c\
            """)
        .showing()
        .rendersAs("window-alone");
  }

  @Test
  void anAggregateInDistinctOnAloneMakesOneRow() {
    rule("GroupStage")
        .query(
            """
            SELECT DISTINCT ON ((count(*))) 5 AS five FROM shop.customers c ORDER BY (count(*))\
            """)
        .showing()
        .rendersAs("distinct-on-alone");
  }
}
