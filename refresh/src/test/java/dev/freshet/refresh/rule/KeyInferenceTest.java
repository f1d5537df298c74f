package dev.freshet.refresh.rule;

import static dev.freshet.refresh.rule.RuleCase.rule;

import org.junit.jupiter.api.Test;

class KeyInferenceTest {

  @Test
  void anOrderHasOneCustomer() {
    rule("KeyInference")
        .query(
            """
            SELECT o.id, c.name FROM shop.orders o JOIN shop.customers c ON c.id = o.customer_id\
            """)
        .showing()
        .rendersAs("determined");
  }

  @Test
  void rowsOfAProductOfTwoTablesHaveBothKeys() {
    rule("KeyInference")
        .query(
            """
            SELECT o.id, c.id AS customer FROM shop.orders o CROSS JOIN shop.customers c\
            """)
        .showing()
        .rendersAs("both");
  }

  @Test
  void aKeyThatIsNotShownIsNone() {
    rule("KeyInference")
        .query(
            """
            SELECT o.amount FROM shop.orders o\
            """)
        .showing()
        .rendersAs("not-shown");
  }

  @Test
  void aColumnEqualToTheKeyShowsIt() {
    rule("KeyInference")
        .query(
            """
            SELECT o.customer_id, c.name, o.id FROM shop.customers c JOIN shop.orders o ON o.customer_id = c.id\
            """)
        .showing()
        .rendersAs("equal-column");
  }

  @Test
  void halfOfAKeyIsNone() {
    rule("KeyInference")
        .query(
            """
            SELECT i.order_id, i.product FROM shop.items i\
            """)
        .showing()
        .rendersAs("half");
  }

  @Test
  void aMergedColumnIsEqualOnBothSides() {
    rule("KeyInference")
        .query(
            """
            SELECT o.id, c.name FROM shop.orders o JOIN shop.customers c USING (id)\
            """)
        .showing()
        .rendersAs("merged");
  }

  @Test
  void equalityInWhereCountsAsMuch() {
    rule("KeyInference")
        .query(
            """
            SELECT i.line, i.order_id, c.city
            FROM shop.items i, shop.orders o, shop.customers c
            WHERE o.id = i.order_id AND c.id = o.customer_id\
            """)
        .showing()
        .rendersAs("where");
  }

  @Test
  void anExpressionIsNoColumn() {
    rule("KeyInference")
        .query(
            """
            SELECT o.id + 1 AS next FROM shop.orders o\
            """)
        .showing()
        .rendersAs("expression");
  }

  @Test
  void aTableWithoutAKeyMakesABag() {
    rule("KeyInference")
        .query(
            """
            SELECT c.id, v.page FROM shop.customers c JOIN shop.visits v ON v.customer_id = c.id\
            """)
        .showing()
        .rendersAs("keyless");
  }

  @Test
  void anInexactTypeIsNoKey() {
    rule("KeyInference")
        .query(
            """
            SELECT t.rate, t.name FROM shop.tariffs t\
            """)
        .showing()
        .rendersAs("inexact");
  }

  @Test
  void aCollationThatCallsDifferentStringsEqualIsNoKey() {
    rule("KeyInference")
        .query(
            """
            SELECT b.name, b.country FROM shop.brands b\
            """)
        .showing()
        .rendersAs("collation");
  }

  @Test
  void oneColumnMayShowTwoOfAKey() {
    rule("KeyInference")
        .query(
            """
            SELECT i.order_id, i.product FROM shop.items i WHERE i.line = i.order_id\
            """)
        .showing()
        .rendersAs("one-for-two");
  }

  @Test
  void integersOfAnyWidthAreEquated() {
    rule("KeyInference")
        .query(
            """
            SELECT s.city, c.name FROM shop.sales s JOIN shop.customers c ON c.id = s.total\
            """)
        .showing()
        .rendersAs("other-width");
  }

  @Test
  void aCastIsNoColumn() {
    rule("KeyInference")
        .query(
            """
            SELECT p.code, c.name FROM shop.products p JOIN shop.customers c ON c.id::text = p.code\
            """)
        .showing()
        .rendersAs("cast");
  }

  @Test
  void aSubqueryHandsItsKeyOn() {
    rule("KeyInference")
        .query(
            """
            SELECT named.number, named.called
            FROM (SELECT c.id, c.name FROM shop.customers c) named(number, called)\
            """)
        .showing()
        .rendersAs("subquery");
  }

  @Test
  void theKeysOfGroupsAreAKey() {
    rule("KeyInference")
        .query(
            """
            SELECT totals.customer_id, totals.total
            FROM (SELECT o.customer_id, sum(o.amount) AS total FROM shop.orders o GROUP BY o.customer_id) totals\
            """)
        .showing()
        .rendersAs("groups");
  }

  @Test
  void aParentsKeyDoesNotHoldForItsChildren() {
    rule("KeyInference")
        .query(
            """
            SELECT e.id, e.kind FROM shop.events e\
            """)
        .showing()
        .rendersAs("children");
  }

  @Test
  void theLeftKeyIsEnoughWhereOneMatchIsFoundAtMost() {
    rule("KeyInference")
        .query(
            """
            SELECT o.id, c.name FROM shop.orders o LEFT JOIN shop.customers c ON c.id = o.customer_id\
            """)
        .showing()
        .rendersAs("left-join-of-one");
  }

  @Test
  void otherwiseALeftJoinHasBothKeys() {
    rule("KeyInference")
        .query(
            """
            SELECT c.id, o.id AS "order" FROM shop.customers c LEFT JOIN shop.orders o ON o.customer_id = c.id\
            """)
        .showing()
        .rendersAs("left-join-of-many");
  }

  @Test
  void aFullJoinHasNone() {
    rule("KeyInference")
        .query(
            """
            SELECT c.id, o.id AS "order" FROM shop.customers c FULL JOIN shop.orders o ON o.customer_id = c.id\
            """)
        .showing()
        .rendersAs("full-join");
  }

  @Test
  void aColumnEqualForMatchedRowsDoesNotShowTheKeyOfAnOuterJoin() {
    rule("KeyInference")
        .query(
            """
            SELECT o.customer_id, o.id FROM shop.customers c LEFT JOIN shop.orders o ON o.customer_id = c.id\
            """)
        .showing()
        .rendersAs("outer-equal-column");
  }

  @Test
  void aUnionHasNone() {
    rule("KeyInference")
        .query(
            """
            SELECT c.id FROM shop.customers c UNION ALL SELECT o.id FROM shop.orders o\
            """)
        .showing()
        .rendersAs("union");
  }

  @Test
  void columnsOfTheSameNameAreToldApartByTheirPlace() {
    rule("KeyInference")
        .query(
            """
            SELECT s.b
            FROM (SELECT o.id, c.id FROM shop.orders o JOIN shop.customers c ON c.id = o.customer_id) s(a, b)\
            """)
        .showing()
        .rendersAs("same-names");
  }
}
