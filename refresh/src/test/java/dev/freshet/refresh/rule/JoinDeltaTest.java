package dev.freshet.refresh.rule;

import static dev.freshet.refresh.rule.RuleCase.rule;

import org.junit.jupiter.api.Test;

class JoinDeltaTest {

  @Test
  void rowsChangedOnBothSidesAreCountedOnce() {
    rule("JoinDelta")
        .query(
            """
            SELECT o.id, c.city, o.amount
            FROM shop.orders o JOIN shop.customers c ON c.id = o.customer_id\
            """)
        .rendersAs("both-sides-change");
  }

  @Test
  void filtersAndProjectionsApplyToEveryTerm() {
    rule("JoinDelta")
        .query(
            """
            SELECT o.id, upper(c.city) AS city, o.amount * 2 AS twice
            FROM shop.orders o, shop.customers c
            WHERE c.id = o.customer_id AND o.amount > 10\
            """)
        .rendersAs("filter-and-projection");
  }

  @Test
  void aTableThatMeetsItselfChangesOnBothSides() {
    rule("JoinDelta")
        .query(
            """
            SELECT l.page, r.seconds FROM shop.visits l JOIN shop.visits r ON l.page = r.page\
            """)
        .rendersAs("self-join");
  }

  @Test
  void threeChangedTablesMakeSevenTerms() {
    rule("JoinDelta")
        .query(
            """
            SELECT i.order_id, i.line, c.name
            FROM shop.items i
            JOIN shop.orders o ON o.id = i.order_id
            JOIN shop.customers c ON c.id = o.customer_id\
            """)
        .rendersAs("three-tables");
  }

  @Test
  void sixChangedTablesAreTelescoped() {
    rule("JoinDelta")
        .query(
            """
            SELECT a.name AS a, b.name AS b, c.name AS c, d.name AS d, e.name AS e, f.name AS f
            FROM shop.customers a
            JOIN shop.customers b ON b.id = a.id
            JOIN shop.customers c ON c.id = b.id
            JOIN shop.customers d ON d.id = c.id
            JOIN shop.customers e ON e.id = d.id
            JOIN shop.customers f ON f.id = e.id\
            """)
        .rendersAs("six-tables");
  }

  @Test
  void whatAFunctionReturnsIsPartOfTheRowOnItsLeft() {
    rule("JoinDelta")
        .query(
            """
            SELECT p.code, tag.tag FROM shop.products p, LATERAL unnest(p.tags) tag(tag)\
            """)
        .rendersAs("lateral-function");
  }

  @Test
  void changesHaveTheColumnNamesOfTheAlias() {
    rule("JoinDelta")
        .query(
            """
            SELECT o.number, c.called
            FROM shop.orders o(number, buyer) JOIN shop.customers c(number, town, called) USING (number)\
            """)
        .rendersAs("renamed-columns");
  }

  @Test
  void constantsNeverChange() {
    rule("JoinDelta")
        .query(
            """
            SELECT c.id, rate.percent
            FROM shop.customers c, (VALUES (5), (10)) rate(percent)\
            """)
        .rendersAs("constants");
  }
}
