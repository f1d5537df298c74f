package dev.freshet.refresh.maintain.step;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Subqueries in expressions: what PostgreSQL answers for nothing, for NULL, and for several rows.
 */
@ExtendWith(StepExtension.class)
class SubqueryStepTest {

  private static final String A = "CREATE TABLE a (id int PRIMARY KEY, k int, v int)";
  private static final String B = "CREATE TABLE b (k int, v int)";
  private static final String ROWS =
      "INSERT INTO a VALUES (1, 1, 10), (2, 2, 20), (3, NULL, 30); INSERT INTO b VALUES (1, 10), (1, 11)";

  private static String row(int id, int weight) {
    return " id | weight\n----+-------\n %2d | %6d".formatted(id, weight);
  }

  @Test
  void existsFollowsTheFirstAndTheLastMatch(Steps steps) throws SQLException {
    steps
        .given(A, B, ROWS)
        .streamTable("SELECT id FROM a WHERE EXISTS (SELECT FROM b WHERE b.k = a.k)")
        .stepWithoutChange("DELETE FROM b WHERE v = 10; INSERT INTO b VALUES (NULL, 1)")
        .step("INSERT INTO b VALUES (2, 1), (2, 2)", row(2, 1))
        .step("DELETE FROM b WHERE k = 1", row(1, -1))
        .step("INSERT INTO a VALUES (4, 7, 0); INSERT INTO b VALUES (7, 0)", row(4, 1))
        .step("UPDATE a SET k = 2 WHERE id = 1", row(1, 1));
  }

  @Test
  void notExistsKeepsNulls(Steps steps) throws SQLException {
    steps
        .given(A, B, ROWS)
        .streamTable("SELECT id FROM a WHERE NOT EXISTS (SELECT FROM b WHERE b.k = a.k)")
        .step("INSERT INTO b VALUES (2, 1), (NULL, 1)", row(2, -1))
        .stepWithoutChange("DELETE FROM b WHERE v = 10")
        .step("DELETE FROM b WHERE k = 1", row(1, 1));
  }

  @Test
  void existsOnAnyConditionIsAskedForEachValue(Steps steps) throws SQLException {
    steps
        .given(A, B, ROWS)
        .streamTable("SELECT id FROM a WHERE EXISTS (SELECT FROM b WHERE b.k = a.k AND b.v > a.v)")
        .stepWithoutChange("INSERT INTO b VALUES (2, 20)")
        .step("UPDATE b SET v = 21 WHERE k = 2", row(2, 1))
        .step("UPDATE a SET v = 11 WHERE id = 1", row(1, -1));
  }

  @Test
  void aNullInTheSubqueryLeavesNothingOfNotIn(Steps steps) throws SQLException {
    steps
        .given(A, B, "INSERT INTO a VALUES (1, 1, 0), (2, NULL, 0)")
        .streamTable("SELECT id FROM a WHERE k NOT IN (SELECT b.k FROM b)")
        .step("INSERT INTO b VALUES (5, 0)", row(2, -1))
        .step("INSERT INTO b VALUES (NULL, 0)", row(1, -1))
        .stepWithoutChange("INSERT INTO b VALUES (NULL, 1); DELETE FROM b WHERE k = 5")
        .step(
            "DELETE FROM b",
            """
             id | weight
            ----+-------
              1 |      1
              2 |      1\
            """);
  }

  @Test
  void inHasThreeValues(Steps steps) throws SQLException {
    steps
        .given(A, B, "INSERT INTO a VALUES (1, 1, 0), (2, NULL, 0)")
        .streamTable("SELECT id, k IN (SELECT b.k FROM b) AS found FROM a")
        .step(
            "INSERT INTO b VALUES (5, 0)",
            """
             id | found | weight
            ----+-------+-------
              2 | f     |     -1
              2 | NULL  |      1\
            """)
        .step(
            "INSERT INTO b VALUES (NULL, 0)",
            """
             id | found | weight
            ----+-------+-------
              1 | f     |     -1
              1 | NULL  |      1\
            """)
        .step(
            "INSERT INTO b VALUES (1, 0), (1, 1)",
            """
             id | found | weight
            ----+-------+-------
              1 | NULL  |     -1
              1 | t     |      1\
            """);
  }

  @Test
  void rowsAreComparedFieldByField(Steps steps) throws SQLException {
    steps
        .given(A, B, ROWS)
        .streamTable("SELECT id FROM a WHERE (k, v) NOT IN (SELECT b.k, b.v FROM b)")
        .step("INSERT INTO b VALUES (NULL, 20)", row(2, -1))
        .step("UPDATE a SET v = 12 WHERE id = 1", row(1, 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"v > ALL (SELECT b.v FROM b)", "NOT v <= ANY (SELECT b.v FROM b)"})
  void allOfNothingHolds(String condition, Steps steps) throws SQLException {
    steps
        .given(A, B, "INSERT INTO a VALUES (1, 1, 10), (2, 2, NULL)")
        .streamTable("SELECT id FROM a WHERE " + condition)
        .step("INSERT INTO b VALUES (1, 9)", row(2, -1))
        .step("INSERT INTO b VALUES (1, 10)", row(1, -1))
        .step(
            "DELETE FROM b",
            """
             id | weight
            ----+-------
              1 |      1
              2 |      1\
            """);
  }

  @Test
  void anAggregateOfNoRowsIsAValue(Steps steps) throws SQLException {
    steps
        .given(A, B, ROWS)
        .streamTable(
            """
            SELECT a.id, (SELECT count(*) FROM b WHERE b.k = a.k) AS n,
                   (SELECT COALESCE(sum(b.v), 7) + a.v FROM b WHERE b.k = a.k) AS s FROM a\
            """)
        .step(
            "DELETE FROM b WHERE v = 11; INSERT INTO b VALUES (2, 5)",
            """
             id | n | s  | weight
            ----+---+----+-------
              1 | 2 | 31 |     -1
              2 | 0 | 27 |     -1
              1 | 1 | 20 |      1
              2 | 1 | 25 |      1\
            """)
        .step(
            "DELETE FROM b",
            """
             id | n | s  | weight
            ----+---+----+-------
              1 | 1 | 20 |     -1
              2 | 1 | 25 |     -1
              1 | 0 | 17 |      1
              2 | 0 | 27 |      1\
            """);
  }

  @Test
  void aScalarThatDoesNotMoveTouchesNothing(Steps steps) throws SQLException {
    steps
        .given(A, B, ROWS)
        .streamTable("SELECT id FROM a WHERE v > (SELECT max(b.v) FROM b)")
        .stepWithoutChange("INSERT INTO b VALUES (9, 3)")
        .step("INSERT INTO b VALUES (9, 25)", row(2, -1))
        .step(
            "DELETE FROM b WHERE v > 9; INSERT INTO a VALUES (4, 4, 4)",
            """
             id | weight
            ----+-------
              1 |      1
              2 |      1
              4 |      1\
            """);
  }

  @Test
  void aSecondRowOfAScalarIsPostgresqlsError(Steps steps) throws SQLException {
    steps
        .given(A, B, "INSERT INTO a VALUES (1, 1, 10), (2, 2, 20); INSERT INTO b VALUES (1, 5)")
        .streamTable("SELECT id, (SELECT b.v FROM b WHERE b.k = a.k) AS v FROM a")
        .step(
            "UPDATE b SET k = 2",
            """
             id | v    | weight
            ----+------+-------
              1 | 5    |     -1
              2 | NULL |     -1
              1 | NULL |      1
              2 | 5    |      1\
            """)
        .failingStep("INSERT INTO b VALUES (2, 6)", "more than one row returned by a subquery");
  }

  @Test
  void theFirstRowOfACorrelatedSubqueryFollows(Steps steps) throws SQLException {
    steps
        .given(A, B, ROWS)
        .streamTable(
            "SELECT id, (SELECT b.v FROM b WHERE b.k = a.k ORDER BY b.v DESC LIMIT 1) AS last FROM a")
        .step(
            "INSERT INTO b VALUES (1, 12), (2, NULL), (2, 3)",
            """
             id | last | weight
            ----+------+-------
              1 | 11   |     -1
              1 | 12   |      1\
            """)
        .step(
            "DELETE FROM b WHERE v IS NULL",
            """
             id | last | weight
            ----+------+-------
              2 | NULL |     -1
              2 | 3    |      1\
            """);
  }

  @Test
  void anArrayOfNoRowsIsEmpty(Steps steps) throws SQLException {
    steps
        .given(A, B, ROWS)
        .streamTable(
            "SELECT id, ARRAY(SELECT b.v FROM b WHERE b.k = a.k ORDER BY b.v) AS vs FROM a")
        .step(
            "DELETE FROM b WHERE v = 10; INSERT INTO b VALUES (2, 1)",
            """
             id | vs      | weight
            ----+---------+-------
              1 | {10,11} |     -1
              2 | {}      |     -1
              1 | {11}    |      1
              2 | {1}     |      1\
            """);
  }

  @Test
  void subqueriesSeeTheQueryTwoLevelsUp(Steps steps) throws SQLException {
    steps
        .given(A, B, "CREATE TABLE c (k int, id int)", ROWS)
        .streamTable(
            """
            SELECT id FROM a WHERE NOT EXISTS (
              SELECT FROM b WHERE b.k = a.k AND NOT EXISTS (SELECT FROM c WHERE c.k = b.v AND c.id = a.id))\
            """)
        .stepWithoutChange("INSERT INTO c VALUES (10, 1)")
        .step("INSERT INTO c VALUES (11, 1)", row(1, 1))
        .step("INSERT INTO b VALUES (2, 5)", row(2, -1));
  }

  @Test
  void groupsAreComparedWithSubqueries(Steps steps) throws SQLException {
    steps
        .given(A, B, ROWS)
        .streamTable(
            "SELECT k, count(*) AS n FROM b GROUP BY k HAVING count(*) > (SELECT count(*) FROM a WHERE a.k = b.k)")
        .step(
            "UPDATE a SET k = 1",
            """
             k | n | weight
            ---+---+-------
             1 | 2 |     -1\
            """)
        .step(
            "INSERT INTO b VALUES (NULL, 1)",
            """
             k    | n | weight
            ------+---+-------
             NULL | 1 |      1\
            """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(SELECT max(x) FROM (VALUES (k), (v)) t (x)) >= 20",
        "EXISTS (SELECT FROM generate_series(1, v / 10) g WHERE g = 2)",
        "v IN (SELECT v FROM unnest(ARRAY[k * 10]) t (x) WHERE x = 20)"
      })
  void subqueriesWithoutTablesAreFunctionsOfTheRow(String condition, Steps steps)
      throws SQLException {
    steps
        .given(A, "INSERT INTO a VALUES (1, 1, 10), (2, 2, 20)")
        .streamTable("SELECT id FROM a WHERE " + condition)
        .step("INSERT INTO a VALUES (3, 2, 20), (4, 0, 0)", row(3, 1));
  }
}
