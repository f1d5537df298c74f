package dev.freshet.refresh.maintain.step;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Values that are equal and yet not the same, and columns that are the same only in name. */
@ExtendWith(StepExtension.class)
class EqualValuesStepTest {

  private static final String NUMBERS =
      "CREATE TABLE numbers (id int PRIMARY KEY, k int, n numeric)";
  private static final String PRICES = "CREATE TABLE prices (price numeric(10,2))";

  /** PostgreSQL shows the one or the other by the order in which it reads. */
  @Test
  void eitherOfEqualExtremesIsRight(Steps steps) throws SQLException {
    steps
        .given(NUMBERS, "INSERT INTO numbers VALUES (1, 1, 1.0)")
        .streamTable(
            "SELECT k, min(n) AS least, max(n) AS most, count(*) AS c FROM numbers GROUP BY k")
        .step(
            "INSERT INTO numbers VALUES (2, 1, 1.00)",
            """
             k | least | most | c | weight
            ---+-------+------+---+-------
             1 |   1.0 |  1.0 | 1 |     -1
             1 |   1.0 |  1.0 | 2 |      1\
            """)
        .step(
            "DELETE FROM numbers WHERE id = 1",
            """
             k | least | most | c | weight
            ---+-------+------+---+-------
             1 |   1.0 |  1.0 | 2 |     -1
             1 |  1.00 | 1.00 | 1 |      1\
            """);
  }

  @Test
  void eitherOfEqualKeysIsRight(Steps steps) throws SQLException {
    steps
        .given(NUMBERS, "INSERT INTO numbers VALUES (1, 1, 1.0)")
        .streamTable("SELECT n, count(*) AS c FROM numbers GROUP BY n")
        .step(
            "INSERT INTO numbers VALUES (2, 1, 1.00); DELETE FROM numbers WHERE id = 1",
            """
             n    | c | weight
            ------+---+-------
             1.0  | 1 |     -1
             1.00 | 1 |      1\
            """);
  }

  @Test
  void aUnionIsOfOneTypeWhicheverSideChanged(Steps steps) throws SQLException {
    steps
        .given(NUMBERS, PRICES, "INSERT INTO prices VALUES (3)")
        .streamTable(
            "SELECT u.k / 2 AS half FROM (SELECT k FROM numbers UNION ALL SELECT price FROM prices) u")
        .step(
            "INSERT INTO numbers VALUES (1, 1, 0)",
            """
             half                   | weight
            ------------------------+-------
             0.50000000000000000000 |      1\
            """)
        .step(
            "INSERT INTO prices VALUES (1)",
            """
             half                   | weight
            ------------------------+-------
             0.50000000000000000000 |      1\
            """);
  }

  @Test
  void aConstantOfAUnionIsOfTheTypeOfTheOtherSide(Steps steps) throws SQLException {
    steps
        .given(NUMBERS, PRICES)
        .streamTable(
            "SELECT u.k, u.n FROM (SELECT k, NULL AS n FROM numbers UNION ALL SELECT 0, price FROM prices) u")
        .step(
            "INSERT INTO numbers VALUES (1, 1, 0)",
            """
             k | n    | weight
            ---+------+-------
             1 | NULL |      1\
            """)
        .step(
            "INSERT INTO prices VALUES (1)",
            """
             k | n    | weight
            ---+------+-------
             0 | 1.00 |      1\
            """);
  }

  @Test
  void columnsOfTheSameNameAreToldApartByTheirPlace(Steps steps) throws SQLException {
    steps
        .given(
            NUMBERS,
            "CREATE TABLE kinds (id int PRIMARY KEY)",
            "INSERT INTO kinds VALUES (7); INSERT INTO numbers VALUES (1, 7, 0), (2, 7, 0)")
        .streamTable(
            "SELECT s.b FROM (SELECT n.id, k.id FROM numbers n JOIN kinds k ON k.id = n.k) s (a, b)")
        .step(
            "INSERT INTO numbers VALUES (3, 7, 0)",
            """
             b | weight
            ---+-------
             7 |      1\
            """);
  }

  @Test
  void rowsWithoutColumnsAreCounted(Steps steps) throws SQLException {
    steps
        .given(NUMBERS, "CREATE TABLE nothing ()", "INSERT INTO numbers VALUES (1, 1, 1)")
        .streamTable("SELECT n.id FROM numbers n, nothing")
        .step(
            "INSERT INTO nothing DEFAULT VALUES; INSERT INTO nothing DEFAULT VALUES",
            """
             id | weight
            ----+-------
              1 |      2\
            """);
  }

  @Test
  void anAggregateIsAsVolatileAsItsFunctions(Steps steps) throws SQLException {
    steps
        .given(
            NUMBERS,
            PRICES,
            """
            CREATE FUNCTION plus_prices(bigint, int) RETURNS bigint LANGUAGE sql STABLE
            BEGIN ATOMIC SELECT $1 + $2 + (SELECT count(*) FROM prices); END\
            """,
            "CREATE AGGREGATE sum_with_prices(int) (SFUNC = plus_prices, STYPE = bigint, INITCOND = 0)",
            "INSERT INTO numbers VALUES (1, 1, 1)")
        .fullStreamTable("SELECT sum_with_prices(k) AS s FROM numbers", "stable_function")
        .fullStep(
            "INSERT INTO prices VALUES (1)",
            """
             s | weight
            ---+-------
             1 |     -1
             2 |      1\
            """);
  }
}
