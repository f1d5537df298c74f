package dev.freshet.refresh.maintain.step;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(StepExtension.class)
class GroupStepTest {

  private static final String CUSTOMERS =
      "CREATE TABLE customers (id int PRIMARY KEY, city text, credit int)";

  @Test
  void groupsAreCounted(Steps steps) throws SQLException {
    steps
        .given("CREATE TABLE customers (id int, city text)")
        .streamTable("SELECT city, count(*) AS n FROM customers GROUP BY city")
        .step(
            "INSERT INTO customers VALUES (1, 'Oslo'), (2, 'Oslo'), (3, NULL)",
            """
             city | n | weight
            ------+---+-------
             Oslo | 2 |      1
             NULL | 1 |      1\
            """)
        .step(
            "DELETE FROM customers WHERE id = 2; INSERT INTO customers VALUES (4, NULL)",
            """
             city | n | weight
            ------+---+-------
             Oslo | 2 |     -1
             Oslo | 1 |      1
             NULL | 1 |     -1
             NULL | 2 |      1\
            """)
        .step(
            "DELETE FROM customers",
            """
             city | n | weight
            ------+---+-------
             Oslo | 1 |     -1
             NULL | 2 |     -1\
            """);
  }

  @Test
  void rowsMoveBetweenGroups(Steps steps) throws SQLException {
    steps
        .given(
            CUSTOMERS,
            "INSERT INTO customers VALUES (1, 'Oslo', 5), (2, 'Oslo', 7), (3, 'Rome', 1)")
        .streamTable(
            "SELECT city, count(*) AS n, sum(credit) AS credit FROM customers GROUP BY city")
        .step(
            "UPDATE customers SET city = 'Rome' WHERE id = 2; UPDATE customers SET city = NULL WHERE id = 3",
            """
             city | n | credit | weight
            ------+---+--------+-------
             Oslo | 2 |     12 |     -1
             Oslo | 1 |      5 |      1
             Rome | 1 |      1 |     -1
             Rome | 1 |      7 |      1
             NULL | 1 |      1 |      1\
            """);
  }

  @Test
  void aGroupThatIsLeftAndEnteredAlikeIsNotTouched(Steps steps) throws SQLException {
    steps
        .given(CUSTOMERS, "INSERT INTO customers VALUES (1, 'Oslo', 5), (2, 'Rome', 5)")
        .streamTable(
            "SELECT city, count(*) AS n, sum(credit) AS credit FROM customers GROUP BY city")
        .stepWithoutChange(
            "UPDATE customers SET city = CASE city WHEN 'Oslo' THEN 'Rome' ELSE 'Oslo' END");
  }

  @Test
  void severalKeysOfWhichAnyMayBeNull(Steps steps) throws SQLException {
    steps
        .given(
            "CREATE TABLE t (a int, b text, x int)",
            "INSERT INTO t VALUES (NULL, NULL, 1), (NULL, 'b', 2), (1, NULL, 3)")
        .streamTable(
            "SELECT a, b, sum(x) AS x, count(x) AS n, count(*) AS rows FROM t GROUP BY a, b")
        .step(
            "INSERT INTO t VALUES (NULL, NULL, 10), (1, NULL, NULL); DELETE FROM t WHERE b = 'b'",
            """
             a    | b    | x  | n | rows | weight
            ------+------+----+---+------+-------
             NULL | NULL | 1  | 1 |    1 |     -1
             NULL | NULL | 11 | 2 |    2 |      1
             NULL | b    | 2  | 1 |    1 |     -1
             1    | NULL | 3  | 1 |    1 |     -1
             1    | NULL | 3  | 1 |    2 |      1\
            """);
  }

  @Test
  void theWholeIsOneGroupThatIsAlwaysThere(Steps steps) throws SQLException {
    steps
        .given(CUSTOMERS)
        .streamTable(
            "SELECT count(*) AS n, sum(credit) AS credit, max(city) AS last FROM customers")
        .step(
            "INSERT INTO customers VALUES (1, 'Oslo', NULL)",
            """
             n | credit | last | weight
            ---+--------+------+-------
             0 | NULL   | NULL |     -1
             1 | NULL   | Oslo |      1\
            """)
        .step(
            "INSERT INTO customers VALUES (2, 'Bern', 3), (3, 'Bern', -3)",
            """
             n | credit | last | weight
            ---+--------+------+-------
             1 | NULL   | Oslo |     -1
             3 | 0      | Oslo |      1\
            """)
        .step(
            "DELETE FROM customers",
            """
             n | credit | last | weight
            ---+--------+------+-------
             3 | 0      | Oslo |     -1
             0 | NULL   | NULL |      1\
            """);
  }

  @Test
  void theWholeIsComputedAnewWhereNothingCanBeCarried(Steps steps) throws SQLException {
    steps
        .given(CUSTOMERS)
        .streamTable("SELECT string_agg(city, ',' ORDER BY city) AS cities FROM customers")
        .step(
            "INSERT INTO customers VALUES (1, 'Oslo', 1), (2, 'Bern', 1)",
            """
             cities    | weight
            -----------+-------
             NULL      |     -1
             Bern,Oslo |      1\
            """)
        .step(
            "DELETE FROM customers",
            """
             cities    | weight
            -----------+-------
             Bern,Oslo |     -1
             NULL      |      1\
            """);
  }

  @Test
  void groupsCrossTheThresholdOfHaving(Steps steps) throws SQLException {
    steps
        .given(CUSTOMERS, "INSERT INTO customers VALUES (1, 'Oslo', 5), (2, 'Rome', 9)")
        .streamTable(
            "SELECT city, sum(credit) AS credit FROM customers GROUP BY city HAVING count(*) >= 2 OR sum(credit) > 8")
        .step(
            "INSERT INTO customers VALUES (3, 'Oslo', 1)",
            """
             city | credit | weight
            ------+--------+-------
             Oslo |      6 |      1\
            """)
        .step(
            "UPDATE customers SET credit = credit - 1",
            """
             city | credit | weight
            ------+--------+-------
             Oslo |      6 |     -1
             Oslo |      4 |      1
             Rome |      9 |     -1\
            """)
        .step(
            "DELETE FROM customers WHERE id = 1",
            """
             city | credit | weight
            ------+--------+-------
             Oslo |      4 |     -1\
            """);
  }

  @Test
  void havingAboveRecomputedGroups(Steps steps) throws SQLException {
    steps
        .given(CUSTOMERS, "INSERT INTO customers VALUES (1, 'Oslo', 5), (2, 'Oslo', 5)")
        .streamTable(
            "SELECT city, array_agg(id ORDER BY id) AS ids FROM customers GROUP BY city HAVING count(DISTINCT credit) > 1")
        .step(
            "UPDATE customers SET credit = 6 WHERE id = 2",
            """
             city | ids   | weight
            ------+-------+-------
             Oslo | {1,2} |      1\
            """)
        .step(
            "UPDATE customers SET credit = 6",
            """
             city | ids   | weight
            ------+-------+-------
             Oslo | {1,2} |     -1\
            """);
  }

  @Test
  void filteredAggregatesSeeTheirRowsOnly(Steps steps) throws SQLException {
    steps
        .given(CUSTOMERS, "INSERT INTO customers VALUES (1, 'Oslo', 5)")
        .streamTable(
            """
            SELECT city, count(*) FILTER (WHERE credit > 4) AS rich, sum(credit) FILTER (WHERE credit < 5) AS poor,
                   min(id) FILTER (WHERE credit > 4) AS first
            FROM customers GROUP BY city\
            """)
        .step(
            "UPDATE customers SET credit = 4; INSERT INTO customers VALUES (2, 'Oslo', 1)",
            """
             city | rich | poor | first | weight
            ------+------+------+-------+-------
             Oslo |    1 | NULL | 1     |     -1
             Oslo |    0 | 5    | NULL  |      1\
            """);
  }

  @Test
  void duplicatesAreShownOnce(Steps steps) throws SQLException {
    steps
        .given(CUSTOMERS, "INSERT INTO customers VALUES (1, 'Oslo', 5), (2, 'Oslo', 6)")
        .streamTable("SELECT DISTINCT city FROM customers")
        .step(
            "DELETE FROM customers WHERE id = 1; INSERT INTO customers VALUES (3, NULL, 1), (4, NULL, 1)",
            """
             city | weight
            ------+-------
             NULL |      1\
            """)
        .step(
            "DELETE FROM customers WHERE id IN (2, 3)",
            """
             city | weight
            ------+-------
             Oslo |     -1\
            """);
  }

  @Test
  void unionDropsDuplicatesOfBothSides(Steps steps) throws SQLException {
    steps
        .given("CREATE TABLE a (x int)", "CREATE TABLE b (x int)", "INSERT INTO a VALUES (1), (1)")
        .streamTable("SELECT x FROM a UNION SELECT x FROM b")
        .step(
            "INSERT INTO b VALUES (1), (2); DELETE FROM a",
            """
             x | weight
            ---+-------
             2 |      1\
            """)
        .step(
            "DELETE FROM b WHERE x = 1",
            """
             x | weight
            ---+-------
             1 |     -1\
            """);
  }

  @Test
  void aggregatesOfAggregates(Steps steps) throws SQLException {
    steps
        .given(
            CUSTOMERS,
            "INSERT INTO customers VALUES (1, 'Oslo', 5), (2, 'Oslo', 5), (3, 'Rome', 5)")
        .streamTable(
            """
            SELECT n, count(*) AS cities, max(credit) AS most
            FROM (SELECT city, count(*) AS n, sum(credit) AS credit FROM customers GROUP BY city) c GROUP BY n\
            """)
        .step(
            "INSERT INTO customers VALUES (4, 'Rome', 7)",
            """
             n | cities | most | weight
            ---+--------+------+-------
             1 |      1 |    5 |     -1
             2 |      1 |   10 |     -1
             2 |      2 |   12 |      1\
            """)
        .step(
            "DELETE FROM customers WHERE city = 'Rome'",
            """
             n | cities | most | weight
            ---+--------+------+-------
             2 |      2 |   12 |     -1
             2 |      1 |   10 |      1\
            """);
  }

  @Test
  void aCommonTableReadTwiceIsKeptOnce(Steps steps) throws SQLException {
    steps
        .given(CUSTOMERS, "INSERT INTO customers VALUES (1, 'Oslo', 5), (2, 'Rome', 9)")
        .streamTable(
            """
            WITH towns AS (SELECT city, sum(credit) AS credit FROM customers GROUP BY city)
            SELECT a.city, b.city AS richer FROM towns a JOIN towns b ON b.credit > a.credit\
            """)
        .step(
            "INSERT INTO customers VALUES (3, 'Oslo', 9), (4, 'Bern', 1)",
            """
             city | richer | weight
            ------+--------+-------
             Oslo | Rome   |     -1
             Rome | Oslo   |      1
             Bern | Rome   |      1
             Bern | Oslo   |      1\
            """);
  }

  @Test
  void columnsThatFollowFromTheKeyAreShown(Steps steps) throws SQLException {
    steps
        .given(
            CUSTOMERS,
            "CREATE TABLE orders (customer_id int, amount int)",
            "INSERT INTO customers VALUES (1, 'Oslo', 5)",
            "INSERT INTO orders VALUES (1, 10)")
        .streamTable(
            """
            SELECT c.id, c.city, sum(o.amount) AS total
            FROM customers c JOIN orders o ON o.customer_id = c.id GROUP BY c.id\
            """)
        .step(
            "UPDATE customers SET city = 'Rome'; INSERT INTO orders VALUES (1, 5)",
            """
             id | city | total | weight
            ----+------+-------+-------
              1 | Oslo |    10 |     -1
              1 | Rome |    15 |      1\
            """);
  }

  @Test
  void aColumnWithoutEqualityThatFollowsFromTheKeyIsShown(Steps steps) throws SQLException {
    steps
        .given("CREATE TABLE d (id int PRIMARY KEY, doc json)", "CREATE TABLE r (d int)")
        .streamTable("SELECT d.id, d.doc, count(*) AS n FROM d JOIN r ON r.d = d.id GROUP BY d.id")
        .step(
            "INSERT INTO d VALUES (1, '[1]'); INSERT INTO r VALUES (1)",
            """
             id | doc     | n | weight
            ----+---------+---+-------
              1 | [1] | 1 |      1\
            """)
        .step(
            "UPDATE d SET doc = '{}'; INSERT INTO r VALUES (1)",
            """
             id | doc     | n | weight
            ----+---------+---+-------
              1 | [1] | 1 |     -1
              1 | {}      | 2 |      1\
            """);
  }

  @Test
  void emptyTablesGiveNoGroups(Steps steps) throws SQLException {
    steps
        .given(CUSTOMERS)
        .streamTable(
            "SELECT city, avg(credit) AS mean FROM customers GROUP BY city HAVING count(*) > 0")
        .stepWithoutChange("DELETE FROM customers")
        .step(
            "INSERT INTO customers VALUES (1, 'Oslo', 1), (2, 'Oslo', 2)",
            """
             city | mean               | weight
            ------+--------------------+-------
             Oslo | 1.5000000000000000 |      1\
            """);
  }

  @Test
  void aResultThatIsCalledAsAColumnOfTheGroupedExpressionThatItsWindowIsOrderedBy(Steps steps)
      throws SQLException {
    steps
        .given("CREATE TABLE n (a int)", "INSERT INTO n VALUES (1), (-1), (2)")
        .streamTable(
            "SELECT rank() OVER (ORDER BY abs(t.a)) AS a, count(*) AS c FROM n t GROUP BY abs(t.a)")
        .step(
            "INSERT INTO n VALUES (-2)",
            """
             a | c | weight
            ---+---+-------
             2 | 1 |     -1
             2 | 2 |      1\
            """);
  }
}
