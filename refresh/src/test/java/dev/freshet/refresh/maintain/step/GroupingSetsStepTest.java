package dev.freshet.refresh.maintain.step;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** GROUPING SETS, ROLLUP and CUBE. */
@ExtendWith(StepExtension.class)
class GroupingSetsStepTest {

  private static final String SALES = "CREATE TABLE sales (region text, product text, n int)";
  private static final String ROWS =
      "INSERT INTO sales VALUES ('EU', 'x', 1), ('EU', NULL, 2), (NULL, 'x', 4)";

  @Test
  void aNullOfTheDataIsNotTheNullOfASet(Steps steps) throws SQLException {
    steps
        .given(SALES, ROWS)
        .streamTable(
            """
            SELECT region, product, sum(n) AS n, grouping(region, product) AS g
            FROM sales GROUP BY ROLLUP (region, product)\
            """)
        .step(
            "INSERT INTO sales VALUES ('EU', NULL, 8)",
            """
             region | product | n  | g | weight
            --------+---------+----+---+-------
             EU     | NULL    | 2  | 0 |     -1
             EU     | NULL    | 3  | 1 |     -1
             NULL   | NULL    | 7  | 3 |     -1
             EU     | NULL    | 10 | 0 |      1
             EU     | NULL    | 11 | 1 |      1
             NULL   | NULL    | 15 | 3 |      1\
            """)
        .step(
            "DELETE FROM sales WHERE region IS NULL",
            """
             region | product | n  | g | weight
            --------+---------+----+---+-------
             NULL   | x       | 4  | 0 |     -1
             NULL   | NULL    | 4  | 1 |     -1
             NULL   | NULL    | 15 | 3 |     -1
             NULL   | NULL    | 11 | 3 |      1\
            """);
  }

  @Test
  void theTotalOfNothingIsThere(Steps steps) throws SQLException {
    steps
        .given(SALES, ROWS)
        .streamTable(
            "SELECT region, count(*) AS n FROM sales GROUP BY GROUPING SETS ((region), ())")
        .step(
            "DELETE FROM sales",
            """
             region | n | weight
            --------+---+-------
             EU     | 2 |     -1
             NULL   | 1 |     -1
             NULL   | 3 |     -1
             NULL   | 0 |      1\
            """);
  }

  @Test
  void conditionsAndWindowsSeeTheNullOfASet(Steps steps) throws SQLException {
    steps
        .given(SALES, ROWS)
        .streamTable(
            """
            SELECT region, max(region) AS greatest, rank() OVER (PARTITION BY grouping(region) ORDER BY sum(n)) AS r
            FROM sales GROUP BY CUBE (region) HAVING region IS NOT NULL OR grouping(region) = 1\
            """)
        .step(
            "INSERT INTO sales VALUES ('AS', 'x', 1)",
            """
             region | greatest | r | weight
            --------+----------+---+-------
             EU     | EU       | 1 |     -1
             AS     | AS       | 1 |      1
             EU     | EU       | 2 |      1\
            """);
  }

  @Test
  void aSetThatIsGivenTwiceCountsTwiceUnlessDistinct(Steps steps) throws SQLException {
    steps
        .given(SALES, ROWS)
        .streamTable(
            """
            SELECT region, count(*) AS n, 'twice' AS how FROM sales GROUP BY GROUPING SETS (region, region)
            UNION ALL SELECT region, count(*), 'once' FROM sales GROUP BY DISTINCT GROUPING SETS (region, region)\
            """)
        .step(
            "DELETE FROM sales WHERE region IS NULL",
            """
             region | n | how   | weight
            --------+---+-------+-------
             NULL   | 1 | twice |     -2
             NULL   | 1 | once  |     -1\
            """);
  }

  @Test
  void aResultThatIsCalledAsTheColumnThatItsWindowIsOrderedBy(Steps steps) throws SQLException {
    steps
        .given(SALES, ROWS)
        .streamTable(
            "SELECT rank() OVER (PARTITION BY s.region ORDER BY s.product) AS product, s.region FROM sales s GROUP BY GROUPING SETS ((s.region, s.product), (s.region))")
        .step(
            "INSERT INTO sales VALUES ('EU', 'a', 1)",
            """
             product | region | weight
            ---------+--------+-------
             2       | EU     |     -1
             3       | EU     |      2\
            """);
  }
}
