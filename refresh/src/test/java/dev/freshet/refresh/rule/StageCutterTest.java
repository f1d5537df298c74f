package dev.freshet.refresh.rule;

import static dev.freshet.refresh.rule.RuleCase.rule;

import org.junit.jupiter.api.Test;

class StageCutterTest {

  @Test
  void distinctRowsAreGroupsByAllTheirColumns() {
    rule("StageCutter")
        .query(
            """
            SELECT DISTINCT c.city, c.name FROM shop.customers c\
            """)
        .rendersAs("distinct");
  }

  @Test
  void aUnionDropsDuplicatesOfBothSides() {
    rule("StageCutter")
        .query(
            """
            SELECT v.page FROM shop.visits v UNION SELECT r.page FROM shop.returns r\
            """)
        .showing(Part.ALL_CHANGED)
        .rendersAs("union");
  }

  @Test
  void groupsAreJoinedAsTables() {
    rule("StageCutter")
        .query(
            """
            SELECT c.name, totals.total
            FROM shop.customers c
            JOIN (SELECT o.customer_id, sum(o.amount) AS total FROM shop.orders o GROUP BY o.customer_id) totals
              ON totals.customer_id = c.id\
            """)
        .showing(Part.ALL_CHANGED)
        .rendersAs("join-of-groups");
  }

  @Test
  void equalSubqueriesShareAStage() {
    rule("StageCutter")
        .query(
            """
            SELECT a.n, b.page
            FROM (SELECT v.page, count(*) AS n FROM shop.visits v GROUP BY v.page) a
            JOIN (SELECT v.page, count(*) AS n FROM shop.visits v GROUP BY v.page) b ON a.n = b.n\
            """)
        .showing()
        .rendersAs("shared-stage");
  }

  @Test
  void filtersAndJoinsStayTogetherHoweverDeep() {
    rule("StageCutter")
        .query(
            """
            SELECT outer_.id
            FROM (SELECT inner_.id, inner_.amount
                  FROM (SELECT o.id, o.amount FROM shop.orders o WHERE o.amount > 1) inner_
                  WHERE inner_.amount < 100) outer_
            WHERE outer_.amount <> 50\
            """)
        .showing()
        .rendersAs("deep");
  }

  @Test
  void valuesAreALinearQuery() {
    rule("StageCutter")
        .query(
            """
            VALUES (1, 'a'::text), (2, 'b'::text)\
            """)
        .showing()
        .rendersAs("values");
  }

  @Test
  void aStreamTableIsASourceLikeAnother() {
    rule("StageCutter")
        .query(
            """
            SELECT s.city, s.total FROM shop.sales s WHERE s.total > 10\
            """)
        .showing(Part.ALL_CHANGED)
        .rendersAs("stream-table");
  }

  @Test
  void aStageThatNeedsItsOuterRowIsRefusedByPostgres() {
    rule("StageCutter")
        .query(
            """
            SELECT c.id, l.n
            FROM shop.customers c,
              LATERAL (SELECT s.n
                       FROM (SELECT count(*) AS n FROM shop.orders o WHERE o.customer_id = c.id) s) l\
            """)
        .isRefusedAs("lateral-groups-deeper");
  }

  @Test
  void aSampleHasNoDelta() {
    rule("StageCutter")
        .query(
            """
            SELECT o.id FROM shop.orders o TABLESAMPLE system (10)\
            """)
        .isRefusedAs("tablesample");
  }

  @Test
  void aMaterializedViewIsRefreshedOutOfSight() {
    rule("StageCutter")
        .query(
            """
            SELECT s.product FROM shop.stock s\
            """)
        .isRefusedAs("materialized-view");
  }

  @Test
  void aForeignTableChangesElsewhere() {
    rule("StageCutter")
        .query(
            """
            SELECT s.name FROM shop.suppliers s\
            """)
        .isRefusedAs("foreign-table");
  }

  @Test
  void onlyTheParentIsNotCapturedAlone() {
    rule("StageCutter")
        .query(
            """
            SELECT e.kind FROM ONLY shop.events e\
            """)
        .isRefusedAs("only");
  }

  @Test
  void aTableThatTheCatalogDoesNotKnowIsPostgresOwn() {
    rule("StageCutter")
        .query(
            """
            SELECT c.relname FROM pg_catalog.pg_class c\
            """)
        .isRefusedAs("system-catalog");
  }

  @Test
  void aLimitOverASetOperationIsOneOverASelect() {
    rule("StageCutter")
        .query(
            """
            SELECT v.page FROM shop.visits v UNION ALL SELECT r.page FROM shop.returns r ORDER BY 1 LIMIT 3\
            """)
        .showing()
        .rendersAs("limited-union");
  }

  @Test
  void rowsWithoutColumnsAreNotToldApart() {
    rule("StageCutter")
        .query(
            """
            SELECT FROM shop.orders o UNION SELECT FROM shop.customers c\
            """)
        .isRefusedAs("no-columns");
  }
}
