package dev.freshet.refresh.rule;

import static dev.freshet.refresh.rule.RuleCase.rule;

import org.junit.jupiter.api.Test;

class DistinctAliasesTest {

  @Test
  void aViewThatReadsTheSameTableGetsAnotherAlias() {
    rule("DistinctAliases")
        .query(
            """
            SELECT customers.id, l.called
            FROM shop.customers
              LEFT JOIN shop.orders o ON o.customer_id = customers.id
              CROSS JOIN LATERAL (SELECT n.called FROM shop.norwegians n WHERE n.id = o.customer_id) l\
            """)
        .showing()
        .rendersAs("view");
  }

  @Test
  void aCommonTableExpressionThatReadsTheSameTableGetsAnotherAlias() {
    rule("DistinctAliases")
        .query(
            """
            WITH bought AS (SELECT o.id, o.customer_id FROM shop.orders o LEFT JOIN shop.items i ON i.order_id = o.id)
            SELECT o.page, bought.id
            FROM shop.visits o LEFT JOIN bought ON bought.customer_id = o.customer_id\
            """)
        .showing()
        .rendersAs("common-table");
  }

  @Test
  void queriesSideBySideKeepTheirAliases() {
    rule("DistinctAliases")
        .query(
            """
            SELECT a.n, b.n AS m
            FROM (SELECT v.page, count(*) AS n FROM shop.visits v GROUP BY v.page) a
              JOIN (SELECT v.page, count(*) AS n FROM shop.visits v GROUP BY v.page) b ON a.page = b.page\
            """)
        .showing()
        .rendersAs("side-by-side");
  }

  @Test
  void theNewAliasIsOneThatNobodyHas() {
    rule("DistinctAliases")
        .query(
            """
            SELECT customers.id, customers_1.amount, n.called
            FROM shop.customers
              LEFT JOIN shop.orders customers_1 ON customers_1.customer_id = customers.id
              LEFT JOIN shop.norwegians n ON n.id = customers.id\
            """)
        .showing()
        .rendersAs("taken");
  }
}
