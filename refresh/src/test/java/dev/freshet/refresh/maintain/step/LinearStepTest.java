package dev.freshet.refresh.maintain.step;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(StepExtension.class)
class LinearStepTest {

  private static final String CUSTOMERS =
      "CREATE TABLE customers (id int PRIMARY KEY, city text, credit int)";

  @Test
  void rowsEnterAndLeaveAsTheyPassTheFilter(Steps steps) throws SQLException {
    steps
        .given(CUSTOMERS, "INSERT INTO customers VALUES (1, 'Oslo', 10), (2, 'Rome', 20)")
        .streamTable("SELECT id, city FROM customers WHERE credit >= 15")
        .step(
            "UPDATE customers SET credit = credit + 5",
            """
             id | city | weight
            ----+------+-------
              1 | Oslo |      1\
            """)
        .step(
            "UPDATE customers SET credit = 0 WHERE id = 2; INSERT INTO customers VALUES (3, 'Bern', 15)",
            """
             id | city | weight
            ----+------+-------
              2 | Rome |     -1
              3 | Bern |      1\
            """)
        .step(
            "UPDATE customers SET credit = NULL; DELETE FROM customers WHERE id = 3",
            """
             id | city | weight
            ----+------+-------
              1 | Oslo |     -1
              3 | Bern |     -1\
            """);
  }

  @Test
  void aChangeOfAnUnusedColumnChangesNothing(Steps steps) throws SQLException {
    steps
        .given(CUSTOMERS, "INSERT INTO customers VALUES (1, 'Oslo', 10)")
        .streamTable("SELECT id, city FROM customers")
        .stepWithoutChange("UPDATE customers SET credit = 11")
        .stepWithoutChange("UPDATE customers SET city = city");
  }

  @Test
  void expressionsAreEvaluatedForTheRowsThatChanged(Steps steps) throws SQLException {
    steps
        .given(CUSTOMERS, "INSERT INTO customers VALUES (1, 'Oslo', 10)")
        .streamTable(
            "SELECT id, upper(city) || '!' AS shout, CASE WHEN credit > 10 THEN 'rich' END AS class FROM customers")
        .step(
            "INSERT INTO customers VALUES (2, NULL, 11); UPDATE customers SET credit = 12 WHERE id = 1",
            """
             id | shout | class | weight
            ----+-------+-------+-------
              1 | OSLO! | NULL  |     -1
              1 | OSLO! | rich  |      1
              2 | NULL  | rich  |      1\
            """);
  }

  @Test
  void aKeyUpdatedInPlaceMovesTheRow(Steps steps) throws SQLException {
    steps
        .given(CUSTOMERS, "INSERT INTO customers VALUES (1, 'Oslo', 10), (2, 'Rome', 20)")
        .streamTable("SELECT id, city FROM customers")
        .step(
            "UPDATE customers SET id = 3 WHERE id = 1; UPDATE customers SET id = 1 WHERE id = 2",
            """
             id | city | weight
            ----+------+-------
              1 | Oslo |     -1
              2 | Rome |     -1
              1 | Rome |      1
              3 | Oslo |      1\
            """);
  }

  @Test
  void aRowThatComesAndGoesLeavesNothing(Steps steps) throws SQLException {
    steps
        .given(CUSTOMERS)
        .streamTable("SELECT id, city FROM customers")
        .stepWithoutChange(
            "INSERT INTO customers VALUES (1, 'Oslo', 10); UPDATE customers SET city = 'Rome'; DELETE FROM customers")
        .step(
            """
            INSERT INTO customers VALUES (1, 'Oslo', 10);
            DELETE FROM customers;
            INSERT INTO customers VALUES (1, 'Bern', 10)\
            """,
            """
             id | city | weight
            ----+------+-------
              1 | Bern |      1\
            """);
  }

  @Test
  void equalRowsAreCounted(Steps steps) throws SQLException {
    steps
        .given("CREATE TABLE log (line text, n int)", "INSERT INTO log VALUES ('a', 1), ('a', 1)")
        .streamTable("SELECT line, n FROM log")
        .step(
            "INSERT INTO log VALUES ('a', 1), ('a', 1), (NULL, NULL), (NULL, NULL)",
            """
             line | n    | weight
            ------+------+-------
             a    | 1    |      2
             NULL | NULL |      2\
            """)
        .step(
            "DELETE FROM log WHERE ctid IN (SELECT min(ctid) FROM log GROUP BY line)",
            """
             line | n    | weight
            ------+------+-------
             a    | 1    |     -1
             NULL | NULL |     -1\
            """)
        .step(
            "UPDATE log SET n = 2 WHERE line = 'a'",
            """
             line | n | weight
            ------+---+-------
             a    | 1 |     -3
             a    | 2 |      3\
            """);
  }

  @Test
  void aTruncatedSourceIsFollowedByFull(Steps steps) throws SQLException {
    steps
        .given(CUSTOMERS, "INSERT INTO customers VALUES (1, 'Oslo', 10), (2, 'Rome', 20)")
        .streamTable("SELECT id, city FROM customers")
        .fullStep(
            "TRUNCATE customers; INSERT INTO customers VALUES (2, 'Rome', 1), (3, 'Bern', 1)",
            """
             id | city | weight
            ----+------+-------
              1 | Oslo |     -1
              3 | Bern |      1\
            """);
  }

  @Test
  void viewsOverViewsAreReadThrough(Steps steps) throws SQLException {
    steps
        .given(
            CUSTOMERS,
            "CREATE VIEW rich AS SELECT * FROM customers WHERE credit > 5",
            "CREATE VIEW rich_towns (town, people) AS SELECT city, count(*) FROM rich GROUP BY city",
            "INSERT INTO customers VALUES (1, 'Oslo', 10)")
        .streamTable("SELECT town FROM rich_towns WHERE people > 1")
        .step(
            "INSERT INTO customers VALUES (2, 'Oslo', 6), (3, 'Rome', 6), (4, 'Rome', 5)",
            """
             town | weight
            ------+-------
             Oslo |      1\
            """)
        .step(
            "UPDATE customers SET credit = 7 WHERE id = 4; UPDATE customers SET credit = 1 WHERE id = 2",
            """
             town | weight
            ------+-------
             Oslo |     -1
             Rome |      1\
            """);
  }

  @Test
  void unionAllAddsItsSides(Steps steps) throws SQLException {
    steps
        .given("CREATE TABLE a (x int)", "CREATE TABLE b (x int)", "INSERT INTO a VALUES (1)")
        .streamTable("SELECT x FROM a UNION ALL SELECT x FROM b UNION ALL SELECT x + 1 FROM a")
        .step(
            "INSERT INTO b VALUES (1), (2); INSERT INTO a VALUES (1)",
            """
             x | weight
            ---+-------
             1 |      2
             2 |      2\
            """)
        .step(
            "DELETE FROM a",
            """
             x | weight
            ---+-------
             1 |     -2
             2 |     -2\
            """);
  }

  @Test
  void constantsOfAUnionTakeItsType(Steps steps) throws SQLException {
    steps
        .given("CREATE TABLE a (x numeric(6,2))", "CREATE TABLE b (y int)")
        .streamTable("SELECT x, 'a' AS side FROM a UNION ALL SELECT NULL, NULL FROM b")
        .step(
            "INSERT INTO a VALUES (1.5); INSERT INTO b VALUES (1)",
            """
             x    | side | weight
            ------+------+-------
             1.50 | a    |      1
             NULL | NULL |      1\
            """);
  }
}
