package dev.freshet.refresh.maintain.step;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(StepExtension.class)
class SumStepTest {

  @Test
  void averagesHaveTheDigitsOfPostgres(Steps steps) throws SQLException {
    steps
        .given("CREATE TABLE t (k int, i int, n numeric(8,2))", "INSERT INTO t VALUES (1, 1, 1.00)")
        .streamTable("SELECT k, avg(i) AS i, avg(n) AS n, avg(i + 1) AS more FROM t GROUP BY k")
        .step(
            "INSERT INTO t VALUES (1, 2, 0.33), (1, NULL, 12345.67)",
            """
             k | i                      | n                      | more               | weight
            ---+------------------------+------------------------+--------------------+-------
             1 | 1.00000000000000000000 | 1.00000000000000000000 | 2.0000000000000000 |     -1
             1 |     1.5000000000000000 |  4115.6666666666666667 | 2.5000000000000000 |      1\
            """)
        .step(
            "DELETE FROM t WHERE i IS NOT NULL",
            """
             k | i                  | n                     | more               | weight
            ---+--------------------+-----------------------+--------------------+-------
             1 | 1.5000000000000000 | 4115.6666666666666667 | 2.5000000000000000 |     -1
             1 | NULL               |  12345.6700000000000000 | NULL               |      1\
            """);
  }

  @Test
  void sumsOfNothingAreNull(Steps steps) throws SQLException {
    steps
        .given("CREATE TABLE t (k int, x int)", "INSERT INTO t VALUES (1, NULL)")
        .streamTable("SELECT k, sum(x) AS x FROM t GROUP BY k")
        .step(
            "INSERT INTO t VALUES (1, 5), (1, -5)",
            """
             k | x    | weight
            ---+------+-------
             1 | NULL |     -1
             1 | 0    |      1\
            """)
        .step(
            "DELETE FROM t WHERE x IS NOT NULL",
            """
             k | x    | weight
            ---+------+-------
             1 | 0    |     -1
             1 | NULL |      1\
            """);
  }

  @Test
  void nanEntersASumAndLeavesIt(Steps steps) throws SQLException {
    steps
        .given(
            "CREATE TABLE t (id int PRIMARY KEY, k int, x numeric(8,2) NOT NULL)",
            "INSERT INTO t VALUES (1, 1, 1.50)")
        .streamTable("SELECT k, sum(x) AS x, count(*) AS n FROM t GROUP BY k")
        .step(
            "INSERT INTO t VALUES (2, 1, 'NaN')",
            """
             k | x    | n | weight
            ---+------+---+-------
             1 | 1.50 | 1 |     -1
             1 | NaN  | 2 |      1\
            """)
        .step(
            "INSERT INTO t VALUES (3, 1, 'NaN'), (4, 1, 2.00)",
            """
             k | x   | n | weight
            ---+-----+---+-------
             1 | NaN | 2 |     -1
             1 | NaN | 4 |      1\
            """)
        .step(
            "DELETE FROM t WHERE x = 'NaN'",
            """
             k | x    | n | weight
            ---+------+---+-------
             1 | NaN  | 4 |     -1
             1 | 3.50 | 2 |      1\
            """)
        .stepWithoutChange("INSERT INTO t VALUES (5, 1, 'NaN'); DELETE FROM t WHERE id = 5");
  }

  @Test
  void aSumOfNumericsWithoutScaleLosesTheDigitsOfWhatLeft(Steps steps) throws SQLException {
    steps
        .given("CREATE TABLE t (k int, x numeric)", "INSERT INTO t VALUES (1, 1.5), (1, 1.500)")
        .streamTable("SELECT k, sum(x) AS x, avg(x) AS mean FROM t GROUP BY k")
        .step(
            "DELETE FROM t WHERE x::text = '1.500'",
            """
             k | x     | mean               | weight
            ---+-------+--------------------+-------
             1 | 3.000 | 1.5000000000000000 |     -1
             1 | 1.5   | 1.50000000000000000000 |      1\
            """)
        .step(
            "INSERT INTO t VALUES (1, 'Infinity'), (1, '-Infinity')",
            """
             k | x   | mean               | weight
            ---+-----+--------------------+-------
             1 | 1.5 | 1.50000000000000000000 |     -1
             1 | NaN | NaN                |      1\
            """)
        .step(
            "DELETE FROM t WHERE x = '-Infinity'",
            """
             k | x        | mean     | weight
            ---+----------+----------+-------
             1 | NaN      | NaN      |     -1
             1 | Infinity | Infinity |      1\
            """);
  }

  @Test
  void floatsAreSummedAnewAndNeverTakenBack(Steps steps) throws SQLException {
    steps
        .given("CREATE TABLE t (k int, x float8)", "INSERT INTO t VALUES (1, 0.1), (1, 1e20)")
        .streamTable("SELECT k, sum(x) AS x FROM t GROUP BY k")
        .step(
            "DELETE FROM t WHERE x = 1e20",
            """
             k | x     | weight
            ---+-------+-------
             1 | 1e+20 |     -1
             1 | 0.1   |      1\
            """);
  }

  @Test
  void aChoiceBetweenTwoScalesIsNotCarriedForward(Steps steps) throws SQLException {
    steps
        .given(
            "CREATE TABLE t (k int, x numeric(8,2))", "INSERT INTO t VALUES (1, NULL), (1, 2.50)")
        .streamTable(
            "SELECT k, sum(CASE WHEN x IS NULL THEN 1.0000 ELSE x END) AS x FROM t GROUP BY k")
        .step(
            "DELETE FROM t WHERE x IS NULL",
            """
             k | x      | weight
            ---+--------+-------
             1 | 3.5000 |     -1
             1 | 2.50   |      1\
            """);
  }

  @Test
  void moneyIsExact(Steps steps) throws SQLException {
    steps
        .given("CREATE TABLE t (k int, x money)", "INSERT INTO t VALUES (1, '1.10'), (1, '2.20')")
        .streamTable("SELECT k, sum(x)::numeric AS x FROM t GROUP BY k")
        .step(
            "DELETE FROM t WHERE x = '1.10'::money",
            """
             k | x    | weight
            ---+------+-------
             1 | 3.30 |     -1
             1 | 2.20 |      1\
            """);
  }

  @Test
  void sumsOfBigIntegersBecomeNumeric(Steps steps) throws SQLException {
    steps
        .given("CREATE TABLE t (k int, x int8)", "INSERT INTO t VALUES (1, 9223372036854775807)")
        .streamTable("SELECT k, sum(x) AS x, avg(x) AS mean FROM t GROUP BY k")
        .step(
            "INSERT INTO t VALUES (1, 9223372036854775807)",
            """
             k | x                    | mean                | weight
            ---+----------------------+---------------------+-------
             1 |  9223372036854775807 | 9223372036854775807 |     -1
             1 | 18446744073709551614 | 9223372036854775807 |      1\
            """);
  }

  @Test
  void intervalsAreSummedAnew(Steps steps) throws SQLException {
    steps
        .given(
            "CREATE TABLE t (k int, x interval)",
            "INSERT INTO t VALUES (1, '1 day'), (1, '24 hours'), (1, '1 mon')")
        .streamTable("SELECT k, sum(x) AS x FROM t GROUP BY k")
        .step(
            "DELETE FROM t WHERE x = '1 mon'",
            """
             k | x                    | weight
            ---+----------------------+-------
             1 | 1 mon 1 day 24:00:00 |     -1
             1 | 1 day 24:00:00       |      1\
            """);
  }

  /** Equal rows of a kept relation come and go as one change of a weight of two. */
  @Test
  void rowsThatComeTwiceAreAddedTwice(Steps steps) throws SQLException {
    steps
        .given(
            "CREATE TABLE t (id int, k int, small smallint, big bigint, m money, n numeric(8,2))",
            "INSERT INTO t VALUES (1, 1, 3, 9223372036854775807, 7, 1.25)")
        .streamTable(
            """
            SELECT sum(r) AS r, sum(small) AS small, sum(big) AS big, sum(m) AS m, avg(n) AS n
            FROM (SELECT small, big, m, n, count(*) OVER (PARTITION BY k) AS r FROM t) w\
            """)
        .step(
            "INSERT INTO t SELECT 2, 1, 3, 9223372036854775807, 7, 1.25 FROM generate_series(1, 2)",
            """
             r | small | big                  | m      | n                      | weight
            ---+-------+----------------------+--------+------------------------+-------
             1 |     3 |  9223372036854775807 |  $7.00 | 1.25000000000000000000 |     -1
             9 |     9 | 27670116110564327421 | $21.00 | 1.25000000000000000000 |      1\
            """)
        .step(
            "DELETE FROM t WHERE id = 2",
            """
             r | small | big                  | m      | n                      | weight
            ---+-------+----------------------+--------+------------------------+-------
             1 |     3 |  9223372036854775807 |  $7.00 | 1.25000000000000000000 |      1
             9 |     9 | 27670116110564327421 | $21.00 | 1.25000000000000000000 |     -1\
            """);
  }

  @Test
  void aSumHasTheDigitsOfItsLongestAddend(Steps steps) throws SQLException {
    steps
        .given(
            "CREATE TABLE t (id int PRIMARY KEY, k int, n numeric(8,2) NOT NULL, big boolean)",
            "INSERT INTO t VALUES (1, 1, 1.50, true), (2, 1, 2.25, false), (3, 2, 7.00, false)")
        .streamTable(
            "SELECT k, sum(CASE WHEN big THEN n ELSE 0 END) AS s, avg(CASE WHEN big THEN n WHEN n > 5 THEN n * 1.000 ELSE 0 END) AS a FROM t GROUP BY k")
        .step(
            "UPDATE t SET big = false WHERE id = 1; INSERT INTO t VALUES (4, 2, 1.00, true)",
            """
             k | s    | a                      | weight
            ---+------+------------------------+-------
             1 | 0    | 0.00000000000000000000 |      1
             1 | 1.50 | 0.75000000000000000000 |     -1
             2 | 0    | 7.0000000000000000 |     -1
             2 | 1.00 | 4.0000000000000000 |      1\
            """)
        .step(
            "DELETE FROM t WHERE id IN (1, 4); UPDATE t SET n = 'NaN', big = true WHERE id = 2",
            """
             k | s    | a                      | weight
            ---+------+------------------------+-------
             1 | 0    | 0.00000000000000000000 |     -1
             1 | NaN  | NaN                    |      1
             2 | 0    | 7.0000000000000000 |      1
             2 | 1.00 | 4.0000000000000000 |     -1\
            """);
  }

  @Test
  void yearsAreWholeNumbersAndMayBeInfinite(Steps steps) throws SQLException {
    steps
        .given(
            "CREATE TABLE t (id int PRIMARY KEY, d date)",
            "INSERT INTO t VALUES (1, '2024-02-29'), (2, 'infinity'), (3, 'infinity')")
        .streamTable(
            "SELECT EXTRACT(year FROM d) AS y, count(*) AS n, sum(EXTRACT(year FROM d)) AS s FROM t GROUP BY 1")
        .step(
            "INSERT INTO t VALUES (4, '2024-12-31'), (5, NULL); DELETE FROM t WHERE id = 3",
            """
             y        | n | s        | weight
            ----------+---+----------+-------
             2024     | 1 | 2024     |     -1
             2024     | 2 | 4048     |      1
             Infinity | 1 | Infinity |      1
             Infinity | 2 | Infinity |     -1
             NULL     | 1 | NULL     |      1\
            """)
        .step(
            "UPDATE t SET d = '2024-01-01' WHERE id = 2",
            """
             y        | n | s        | weight
            ----------+---+----------+-------
             2024     | 2 | 4048     |     -1
             2024     | 3 | 6072     |      1
             Infinity | 1 | Infinity |     -1\
            """);
  }
}
