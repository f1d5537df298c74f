package dev.freshet.refresh.maintain.step;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(StepExtension.class)
class JoinStepTest {

  private static final String CUSTOMERS = "CREATE TABLE customers (id int PRIMARY KEY, city text)";
  private static final String ORDERS =
      "CREATE TABLE orders (id int PRIMARY KEY, customer_id int, amount int)";
  private static final String JOINED =
      "SELECT o.id, c.city, o.amount FROM orders o JOIN customers c ON c.id = o.customer_id";

  @Test
  void rowsThatArriveOnBothSidesMeetOnce(Steps steps) throws SQLException {
    steps
        .given(CUSTOMERS, ORDERS)
        .streamTable(JOINED)
        .step(
            "INSERT INTO customers VALUES (1, 'Oslo'); INSERT INTO orders VALUES (7, 1, 100)",
            """
             id | city | amount | weight
            ----+------+--------+-------
              7 | Oslo |    100 |      1\
            """)
        .step(
            "UPDATE customers SET city = 'Rome'; UPDATE orders SET amount = 200",
            """
             id | city | amount | weight
            ----+------+--------+-------
              7 | Oslo |    100 |     -1
              7 | Rome |    200 |      1\
            """)
        .step(
            "DELETE FROM customers; DELETE FROM orders",
            """
             id | city | amount | weight
            ----+------+--------+-------
              7 | Rome |    200 |     -1\
            """);
  }

  @Test
  void rowsThatArriveAndLeaveOnOppositeSidesDoNotMeet(Steps steps) throws SQLException {
    steps
        .given(CUSTOMERS, ORDERS, "INSERT INTO customers VALUES (1, 'Oslo')")
        .streamTable(JOINED)
        .stepWithoutChange("DELETE FROM customers; INSERT INTO orders VALUES (7, 1, 100)")
        .step(
            "INSERT INTO customers VALUES (1, 'Rome')",
            """
             id | city | amount | weight
            ----+------+--------+-------
              7 | Rome |    100 |      1\
            """);
  }

  @Test
  void anOrderChangesItsCustomer(Steps steps) throws SQLException {
    steps
        .given(
            CUSTOMERS,
            ORDERS,
            "INSERT INTO customers VALUES (1, 'Oslo'), (2, 'Rome')",
            "INSERT INTO orders VALUES (7, 1, 100), (8, NULL, 5)")
        .streamTable(JOINED)
        .step(
            "UPDATE orders SET customer_id = 2",
            """
             id | city | amount | weight
            ----+------+--------+-------
              7 | Oslo |    100 |     -1
              7 | Rome |    100 |      1
              8 | Rome |      5 |      1\
            """);
  }

  @Test
  void keylessTablesMultiplyTheirCopies(Steps steps) throws SQLException {
    steps
        .given("CREATE TABLE l (k int)", "CREATE TABLE r (k int)", "INSERT INTO l VALUES (1), (1)")
        .streamTable("SELECT l.k FROM l JOIN r USING (k)")
        .step(
            "INSERT INTO r VALUES (1), (1), (1), (NULL); INSERT INTO l VALUES (1), (NULL)",
            """
             k | weight
            ---+-------
             1 |      9\
            """)
        .step(
            "DELETE FROM l WHERE ctid = '(0,1)'; DELETE FROM r WHERE ctid = '(0,1)'",
            """
             k | weight
            ---+-------
             1 |     -5\
            """);
  }

  @Test
  void aTableMeetsItself(Steps steps) throws SQLException {
    steps
        .given(
            "CREATE TABLE staff (id int PRIMARY KEY, boss int, name text)",
            "INSERT INTO staff VALUES (1, NULL, 'Ada'), (2, 1, 'Bob')")
        .streamTable(
            "SELECT s.id, s.name, b.name AS boss FROM staff s JOIN staff b ON b.id = s.boss")
        .step(
            "UPDATE staff SET name = 'Eve' WHERE id = 1; INSERT INTO staff VALUES (3, 2, 'Cyd')",
            """
             id | name | boss | weight
            ----+------+------+-------
              2 | Bob  | Ada  |     -1
              2 | Bob  | Eve  |      1
              3 | Cyd  | Bob  |      1\
            """)
        .step(
            "UPDATE staff SET boss = id WHERE id = 1; DELETE FROM staff WHERE id = 2",
            """
             id | name | boss | weight
            ----+------+------+-------
              2 | Bob  | Eve  |     -1
              3 | Cyd  | Bob  |     -1
              1 | Eve  | Eve  |      1\
            """);
  }

  @Test
  void conditionsOtherThanEqualityJoin(Steps steps) throws SQLException {
    steps
        .given(
            "CREATE TABLE bands (name text, low int, high int)",
            "CREATE TABLE people (id int PRIMARY KEY, age int)",
            "INSERT INTO bands VALUES ('young', 0, 29), ('old', 60, 999)")
        .streamTable(
            "SELECT p.id, b.name FROM people p JOIN bands b ON p.age BETWEEN b.low AND b.high")
        .step(
            "INSERT INTO people VALUES (1, 20), (2, 40), (3, 70); INSERT INTO bands VALUES ('middle', 30, 59)",
            """
             id | name   | weight
            ----+--------+-------
              1 | young  |      1
              2 | middle |      1
              3 | old    |      1\
            """)
        .step(
            "UPDATE bands SET low = 20 WHERE name = 'middle'; UPDATE people SET age = 25 WHERE id = 3",
            """
             id | name   | weight
            ----+--------+-------
              1 | middle |      1
              3 | old    |     -1
              3 | young  |      1
              3 | middle |      1\
            """);
  }

  @Test
  void everyRowMeetsEveryRow(Steps steps) throws SQLException {
    steps
        .given("CREATE TABLE l (x int)", "CREATE TABLE r (y int)", "INSERT INTO l VALUES (1), (2)")
        .streamTable("SELECT x, y FROM l CROSS JOIN r")
        .step(
            "INSERT INTO r VALUES (8), (9); DELETE FROM l WHERE x = 2",
            """
             x | y | weight
            ---+---+-------
             1 | 8 |      1
             1 | 9 |      1\
            """);
  }

  @Test
  void threeTablesChangeAtOnce(Steps steps) throws SQLException {
    steps
        .given(
            "CREATE TABLE a (id int PRIMARY KEY, x int)",
            "CREATE TABLE b (id int PRIMARY KEY, a int, x int)",
            "CREATE TABLE c (id int PRIMARY KEY, b int, x int)",
            "INSERT INTO a VALUES (1, 1); INSERT INTO b VALUES (1, 1, 1); INSERT INTO c VALUES (1, 1, 1)")
        .streamTable(
            "SELECT c.id, a.x AS ax, b.x AS bx, c.x AS cx FROM a JOIN b ON b.a = a.id JOIN c ON c.b = b.id")
        .step(
            """
            UPDATE a SET x = 2; UPDATE b SET x = 3; UPDATE c SET x = 4;
            INSERT INTO a VALUES (9, 9); INSERT INTO b VALUES (9, 9, 9); INSERT INTO c VALUES (9, 9, 9)\
            """,
            """
             id | ax | bx | cx | weight
            ----+----+----+----+-------
              1 |  1 |  1 |  1 |     -1
              1 |  2 |  3 |  4 |      1
              9 |  9 |  9 |  9 |      1\
            """);
  }

  @Test
  void fiveTablesChangeAtOnce(Steps steps) throws SQLException {
    for (String table : new String[] {"a", "b", "c", "d", "e"}) {
      steps.given(
          "CREATE TABLE %1$s (k int, x int); INSERT INTO %1$s VALUES (1, 1)".formatted(table));
    }
    steps
        .streamTable(
            """
            SELECT a.k, a.x AS a, b.x AS b, c.x AS c, d.x AS d, e.x AS e
            FROM a JOIN b USING (k) JOIN c USING (k) JOIN d USING (k) JOIN e USING (k)\
            """)
        .step(
            """
            UPDATE a SET x = 2; UPDATE b SET x = 2; UPDATE c SET x = 2; UPDATE d SET x = 2;
            DELETE FROM e; INSERT INTO e VALUES (1, 3), (1, 3), (2, 2)\
            """,
            """
             k | a | b | c | d | e | weight
            ---+---+---+---+---+---+-------
             1 | 1 | 1 | 1 | 1 | 1 |     -1
             1 | 2 | 2 | 2 | 2 | 3 |      2\
            """)
        .step(
            "DELETE FROM a; DELETE FROM b; DELETE FROM c; DELETE FROM d",
            """
             k | a | b | c | d | e | weight
            ---+---+---+---+---+---+-------
             1 | 2 | 2 | 2 | 2 | 3 |     -2\
            """);
  }

  @Test
  void lateralFunctionsFollowTheirRow(Steps steps) throws SQLException {
    steps
        .given(
            "CREATE TABLE t (id int PRIMARY KEY, tags text[])", "INSERT INTO t VALUES (1, '{a,b}')")
        .streamTable("SELECT t.id, tag FROM t, unnest(t.tags) AS tag")
        .step(
            "UPDATE t SET tags = '{b,c,c}'; INSERT INTO t VALUES (2, '{}'), (3, '{a}')",
            """
             id | tag | weight
            ----+-----+-------
              1 | a   |     -1
              1 | c   |      2
              3 | a   |      1\
            """);
  }

  @Test
  void aJoinOfAggregatesSeesTheirTrueChanges(Steps steps) throws SQLException {
    steps
        .given(
            CUSTOMERS,
            ORDERS,
            "INSERT INTO customers VALUES (1, 'Oslo'), (2, 'Oslo')",
            "INSERT INTO orders VALUES (7, 1, 100), (8, 1, 50), (9, 2, 1)")
        .streamTable(
            """
            SELECT c.city, sum(o.total) AS total, count(*) AS buyers
            FROM customers c
            JOIN (SELECT customer_id, sum(amount) AS total FROM orders GROUP BY customer_id) o ON o.customer_id = c.id
            GROUP BY c.city\
            """)
        .step(
            "DELETE FROM orders WHERE id IN (8, 9); INSERT INTO customers VALUES (3, 'Rome')",
            """
             city | total | buyers | weight
            ------+-------+--------+-------
             Oslo |   151 |      2 |     -1
             Oslo |   100 |      1 |      1\
            """)
        .step(
            "UPDATE orders SET customer_id = 3",
            """
             city | total | buyers | weight
            ------+-------+--------+-------
             Oslo |   100 |      1 |     -1
             Rome |   100 |      1 |      1\
            """);
  }
}
