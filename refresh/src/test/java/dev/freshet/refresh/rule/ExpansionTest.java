package dev.freshet.refresh.rule;

import static dev.freshet.refresh.rule.RuleCase.rule;

import org.junit.jupiter.api.Test;

class ExpansionTest {

  @Test
  void viewsAreReplacedByTheirQueriesDownToTables() {
    rule("Expansion")
        .query(
            """
            SELECT n.id, n.called FROM shop.norwegian_orders n\
            """)
        .showing()
        .rendersAs("views");
  }

  @Test
  void aViewBringsItsOwnColumnNames() {
    rule("Expansion")
        .query(
            """
            SELECT n.called FROM shop.norwegians n(number)\
            """)
        .showing()
        .rendersAs("view-columns");
  }

  @Test
  void aCommonTableExpressionReadTwiceSharesItsStage() {
    rule("Expansion")
        .query(
            """
            WITH cities AS (SELECT c.city, avg(c.id) AS average FROM shop.customers c GROUP BY c.city)
            SELECT a.city, b.average FROM cities a JOIN cities b ON a.average < b.average\
            """)
        .showing()
        .rendersAs("common-table");
  }

  @Test
  void aCommonTableExpressionMayReadAnEarlierOne() {
    rule("Expansion")
        .query(
            """
            WITH large(number, amount) AS (SELECT o.id, o.amount FROM shop.orders o WHERE o.amount > 10),
              larger AS (SELECT l.number FROM large l WHERE l.amount > 100)
            SELECT larger.number FROM larger\
            """)
        .showing()
        .rendersAs("earlier");
  }

  @Test
  void theNearestOfTheSameNameIsMeant() {
    rule("Expansion")
        .query(
            """
            WITH rows_ AS (SELECT c.id FROM shop.customers c)
            SELECT inner_.id
            FROM (WITH rows_ AS (SELECT o.id FROM shop.orders o) SELECT r.id FROM rows_ r) inner_\
            """)
        .showing()
        .rendersAs("shadowed");
  }

  @Test
  void aRecursionIsASubqueryOfItsOwn() {
    rule("Expansion")
        .query(
            """
            WITH RECURSIVE up(id) AS (SELECT c.id FROM shop.customers c UNION SELECT u.id + 1 FROM up u WHERE u.id < 10)
            SELECT up.id FROM up\
            """)
        .showing()
        .rendersAs("recursive");
  }
}
