package dev.freshet.refresh.maintain.step;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the same name means in different places of a query. */
@ExtendWith(StepExtension.class)
class NamesStepTest {

  private static final String VISITS = "CREATE TABLE visits (customer_id int, page text)";
  private static final String RETURNS = "CREATE TABLE returns (customer_id int, page text)";
  private static final String ORDERS =
      "CREATE TABLE orders (id int PRIMARY KEY, customer_id int, amount int)";
  private static final String CUSTOMERS =
      "CREATE TABLE customers (id int PRIMARY KEY, city text, name text)";

  @Test
  void anOuterJoinOfAnOuterJoinUsesItsMergedColumn(Steps steps) throws SQLException {
    steps
        .given(
            VISITS,
            RETURNS,
            ORDERS,
            "INSERT INTO visits VALUES (1, 'a'), (2, 'b'), (NULL, 'c')",
            "INSERT INTO orders VALUES (1, 1, 10), (2, 3, 30)")
        .streamTable(
            """
            SELECT v.page, o.amount
            FROM visits v LEFT JOIN returns r USING (customer_id) LEFT JOIN orders o USING (customer_id)\
            """)
        .step(
            "INSERT INTO orders VALUES (3, 2, 20); INSERT INTO returns VALUES (1, 'x'), (1, 'y'), (3, 'z')",
            """
             page | amount | weight
            ------+--------+-------
             a    |     10 |      1
             b    |   NULL |     -1
             b    |     20 |      1\
            """)
        .step(
            "UPDATE visits SET customer_id = 3 WHERE page = 'c'; DELETE FROM orders WHERE id = 1",
            """
             page | amount | weight
            ------+--------+-------
             a    |     10 |     -2
             a    |   NULL |      2
             c    |   NULL |     -1
             c    |     30 |      1\
            """);
  }

  @Test
  void aFullJoinOfAFullJoinUsesWhicheverIsThere(Steps steps) throws SQLException {
    steps
        .given(VISITS, RETURNS, ORDERS, "INSERT INTO visits VALUES (1, 'a')")
        .streamTable(
            """
            SELECT customer_id, v.page, r.page AS returned, o.amount
            FROM visits v FULL JOIN returns r USING (customer_id) FULL JOIN orders o USING (customer_id)\
            """)
        .step(
            "INSERT INTO returns VALUES (2, 'r'); INSERT INTO orders VALUES (1, 2, 20), (2, 1, 10), (3, 3, 30)",
            """
             customer_id | page | returned | amount | weight
            -------------+------+----------+--------+-------
             1           | a    | NULL     |   NULL |     -1
             1           | a    | NULL     |     10 |      1
             2           | NULL | r        |     20 |      1
             3           | NULL | NULL     |     30 |      1\
            """);
  }

  @Test
  void anInnerJoinBelowAnOuterOneUsesItsMergedColumn(Steps steps) throws SQLException {
    steps
        .given(
            VISITS,
            RETURNS,
            ORDERS,
            "INSERT INTO visits VALUES (1, 'a'), (2, 'b')",
            "INSERT INTO returns VALUES (1, 'x'), (2, 'y')")
        .streamTable(
            """
            SELECT v.page, o.amount
            FROM visits v NATURAL JOIN (SELECT customer_id FROM returns) r LEFT JOIN orders o USING (customer_id)\
            """)
        .step(
            "INSERT INTO orders VALUES (1, 1, 10)",
            """
             page | amount | weight
            ------+--------+-------
             a    |   NULL |     -1
             a    |     10 |      1\
            """);
  }

  @Test
  void mergedColumnsMayHaveAnAliasOfTheirOwn(Steps steps) throws SQLException {
    steps
        .given(VISITS, RETURNS, "INSERT INTO visits VALUES (1, 'a')")
        .streamTable(
            """
            SELECT both_sides.customer_id, v.page, r.page AS returned
            FROM visits v FULL JOIN returns r USING (customer_id) AS both_sides\
            """)
        .step(
            "INSERT INTO returns VALUES (2, 'r')",
            """
             customer_id | page | returned | weight
            -------------+------+----------+-------
             2           | NULL | r        |      1\
            """);
  }

  @Test
  void mergedColumnsHaveTheirCommonType(Steps steps) throws SQLException {
    steps
        .given(
            "CREATE TABLE small (k int, a int)",
            "CREATE TABLE large (k bigint, b int)",
            "INSERT INTO small VALUES (7, 1)")
        .streamTable("SELECT k, k * 1000000000 AS product, b FROM small LEFT JOIN large USING (k)")
        .step(
            "INSERT INTO large VALUES (7, 2); INSERT INTO small VALUES (8, 3)",
            """
             k | product    | b    | weight
            ---+------------+------+-------
             7 | 7000000000 | NULL |     -1
             7 | 7000000000 |    2 |      1
             8 | 8000000000 | NULL |      1\
            """);
  }

  @Test
  void aViewMayReadTheSameTableUnderTheSameName(Steps steps) throws SQLException {
    steps
        .given(
            CUSTOMERS,
            ORDERS,
            "CREATE VIEW norwegians (id, called) AS SELECT id, name FROM customers WHERE city = 'Oslo'",
            "INSERT INTO customers VALUES (1, 'Oslo', 'Ada'), (2, 'Rome', 'Bob')")
        .streamTable(
            """
            SELECT customers.id, l.called
            FROM customers
            LEFT JOIN orders o ON o.customer_id <> customers.id
            CROSS JOIN LATERAL (SELECT n.called FROM norwegians n WHERE n.id = o.customer_id) l\
            """)
        .step(
            "INSERT INTO orders VALUES (1, 1, 10), (2, 2, 20)",
            """
             id | called | weight
            ----+--------+-------
              2 | Ada    |      1\
            """)
        .step(
            "UPDATE customers SET city = 'Oslo' WHERE id = 2",
            """
             id | called | weight
            ----+--------+-------
              1 | Bob    |      1\
            """);
  }

  @Test
  void aViewMayUseAnAliasForSomethingElse(Steps steps) throws SQLException {
    steps
        .given(
            CUSTOMERS,
            ORDERS,
            VISITS,
            "CREATE VIEW pages AS SELECT o.page, c.amount FROM visits o JOIN orders c USING (customer_id)",
            "INSERT INTO customers VALUES (1, 'Oslo', 'Ada')")
        .streamTable(
            """
            SELECT c.name, o.amount, p.page
            FROM customers c LEFT JOIN orders o ON o.customer_id = c.id LEFT JOIN pages p ON p.amount = o.amount\
            """)
        .step(
            "INSERT INTO orders VALUES (1, 1, 10); INSERT INTO visits VALUES (1, 'a')",
            """
             name | amount | page | weight
            ------+--------+------+-------
             Ada  |   NULL | NULL |     -1
             Ada  |     10 | a    |      1\
            """);
  }
}
