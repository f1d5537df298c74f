package dev.freshet.refresh.rule;

import static dev.freshet.refresh.rule.RuleCase.rule;

import org.junit.jupiter.api.Test;

class OuterJoinsToSubqueriesTest {

  @Test
  void everyOuterJoinOfAChainIsASubqueryOfTwoRelations() {
    rule("OuterJoinsToSubqueries")
        .query(
            """
            SELECT c.id, o.amount, i.product
            FROM shop.customers c
            LEFT JOIN shop.orders o ON o.customer_id = c.id
            LEFT JOIN shop.items i ON i.order_id = o.id\
            """)
        .showing()
        .rendersAs("chain");
  }

  @Test
  void anInnerJoinAroundStaysAJoin() {
    rule("OuterJoinsToSubqueries")
        .query(
            """
            SELECT i.product, c.city
            FROM shop.items i
            JOIN (shop.orders o LEFT JOIN shop.customers c ON c.id = o.customer_id) ON o.id = i.order_id\
            """)
        .showing()
        .rendersAs("inner-around");
  }

  @Test
  void anInnerJoinBelowIsASubqueryToo() {
    rule("OuterJoinsToSubqueries")
        .query(
            """
            SELECT c.name, i.product
            FROM shop.customers c
            LEFT JOIN (shop.orders o JOIN shop.items i ON i.order_id = o.id) ON o.customer_id = c.id\
            """)
        .showing()
        .rendersAs("inner-below");
  }

  @Test
  void columnsAreRenamedWhereverTheQueryUsesThem() {
    rule("OuterJoinsToSubqueries")
        .query(
            """
            SELECT c.city, count(*) AS n, max(o.amount) AS most
            FROM shop.customers c LEFT JOIN shop.orders o ON o.customer_id = c.id
            WHERE c.name <> 'x'::text
            GROUP BY c.city\
            """)
        .showing()
        .rendersAs("everywhere");
  }

  @Test
  void innerJoinsAreLeftAlone() {
    rule("OuterJoinsToSubqueries")
        .query(
            """
            SELECT o.id, c.city FROM shop.orders o JOIN shop.customers c ON c.id = o.customer_id\
            """)
        .showing()
        .rendersAs("inner");
  }
}
