package dev.freshet.refresh.maintain.step;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(StepExtension.class)
class ExtremeStepTest {

  private static final String BIDS = "CREATE TABLE bids (id int PRIMARY KEY, lot text, price int)";
  private static final String EXTREMES =
      "SELECT lot, min(price) AS low, max(price) AS high FROM bids GROUP BY lot";

  @Test
  void anExtremeThatLeavesIsReplacedByTheNext(Steps steps) throws SQLException {
    steps
        .given(BIDS, "INSERT INTO bids VALUES (1, 'a', 5), (2, 'a', 7), (3, 'a', 9), (4, 'b', 1)")
        .streamTable(EXTREMES)
        .step(
            "DELETE FROM bids WHERE id = 3",
            """
             lot | low | high | weight
            -----+-----+------+-------
             a   |   5 |    9 |     -1
             a   |   5 |    7 |      1\
            """)
        .step(
            "UPDATE bids SET price = 8 WHERE id = 1",
            """
             lot | low | high | weight
            -----+-----+------+-------
             a   |   5 |    7 |     -1
             a   |   7 |    8 |      1\
            """);
  }

  @Test
  void oneOfSeveralEqualExtremesMayLeave(Steps steps) throws SQLException {
    steps
        .given(BIDS, "INSERT INTO bids VALUES (1, 'a', 5), (2, 'a', 5)")
        .streamTable(EXTREMES)
        .stepWithoutChange("DELETE FROM bids WHERE id = 1")
        .step(
            "DELETE FROM bids",
            """
             lot | low | high | weight
            -----+-----+------+-------
             a   |   5 |    5 |     -1\
            """);
  }

  @Test
  void theGroupOfNullHasExtremesToo(Steps steps) throws SQLException {
    steps
        .given(BIDS, "INSERT INTO bids VALUES (1, NULL, 5), (2, NULL, 7)")
        .streamTable(EXTREMES)
        .step(
            "DELETE FROM bids WHERE id = 2",
            """
             lot  | low | high | weight
            ------+-----+------+-------
             NULL |   5 |    7 |     -1
             NULL |   5 |    5 |      1\
            """);
  }

  @Test
  void aPassingExtremeLeavesNoTrace(Steps steps) throws SQLException {
    steps
        .given(BIDS, "INSERT INTO bids VALUES (1, 'a', 5), (2, 'b', NULL)")
        .streamTable(EXTREMES)
        .stepWithoutChange("INSERT INTO bids VALUES (3, 'a', 99); DELETE FROM bids WHERE id = 3")
        .stepWithoutChange("INSERT INTO bids VALUES (4, 'b', 99); DELETE FROM bids WHERE id = 4")
        .stepWithoutChange("INSERT INTO bids VALUES (5, 'c', 99); DELETE FROM bids WHERE id = 5")
        .step(
            "INSERT INTO bids VALUES (6, 'c', 99), (7, 'c', 1); DELETE FROM bids WHERE id = 6",
            """
             lot | low | high | weight
            -----+-----+------+-------
             c   |   1 |    1 |      1\
            """);
  }

  @Test
  void onlyNullsLeaveNoExtreme(Steps steps) throws SQLException {
    steps
        .given(BIDS, "INSERT INTO bids VALUES (1, 'a', 5), (2, 'a', NULL)")
        .streamTable(EXTREMES)
        .step(
            "UPDATE bids SET price = NULL",
            """
             lot | low  | high | weight
            -----+------+------+-------
             a   | 5    | 5    |     -1
             a   | NULL | NULL |      1\
            """)
        .step(
            "UPDATE bids SET price = 3 WHERE id = 2",
            """
             lot | low  | high | weight
            -----+------+------+-------
             a   | NULL | NULL |     -1
             a   | 3    | 3    |      1\
            """);
  }

  @Test
  void extremesOfTextsDatesAndArrays(Steps steps) throws SQLException {
    steps
        .given(
            "CREATE TABLE t (k int, s text, d date, a int[])",
            "INSERT INTO t VALUES (1, 'b', '2024-02-28', '{1,2}'), (1, 'é', 'infinity', '{2}')")
        .streamTable(
            "SELECT k, max(s COLLATE \"C\") AS s, max(d) AS d, max(a) AS a FROM t GROUP BY k")
        .step(
            "DELETE FROM t WHERE s = 'é'; INSERT INTO t VALUES (1, 'a', '2024-02-29', '{1,3}')",
            """
             k | s | d          | a     | weight
            ---+---+------------+-------+-------
             1 | é | infinity   | {2}   |     -1
             1 | b | 2024-02-29 | {1,3} |      1\
            """);
  }

  @Test
  void nanIsTheGreatestNumber(Steps steps) throws SQLException {
    steps
        .given("CREATE TABLE t (k int, x float8)", "INSERT INTO t VALUES (1, 1), (1, 'NaN')")
        .streamTable("SELECT k, min(x) AS low, max(x) AS high FROM t GROUP BY k")
        .step(
            "DELETE FROM t WHERE x = 'NaN'; INSERT INTO t VALUES (1, '-Infinity')",
            """
             k | low       | high | weight
            ---+-----------+------+-------
             1 | 1         | NaN  |     -1
             1 | -Infinity | 1    |      1\
            """);
  }
}
