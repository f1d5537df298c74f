package dev.freshet.refresh.maintain.step;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands in the clauses of a query that are easily overlooked. */
@ExtendWith(StepExtension.class)
class ClauseStepTest {

  private static final String CUSTOMERS = "CREATE TABLE customers (id int PRIMARY KEY, city text)";
  private static final String ORDERS = "CREATE TABLE orders (id int PRIMARY KEY, customer_id int)";
  private static final String ROWS =
      "INSERT INTO customers VALUES (1, 'Oslo'), (2, 'Rome'); INSERT INTO orders VALUES (1, 1), (2, 1), (3, 2)";
  private static final String ONE_MORE = "INSERT INTO customers VALUES (3, 'Bern')";

  @Test
  void aTableInALimitIsNoticed(Steps steps) throws SQLException {
    steps
        .given(CUSTOMERS, ORDERS, ROWS)
        .fullStreamTable(
            "SELECT id FROM orders ORDER BY id LIMIT (SELECT count(*) FROM customers)", "subquery")
        .fullStep(
            ONE_MORE,
            """
             id | weight
            ----+-------
              3 |      1\
            """);
  }

  @Test
  void aTableInValuesIsNoticed(Steps steps) throws SQLException {
    steps
        .given(CUSTOMERS, ORDERS, ROWS)
        .fullStreamTable(
            "SELECT v.n FROM (VALUES ((SELECT count(*) FROM customers)), (7)) v (n)", "subquery")
        .fullStep(
            ONE_MORE,
            """
             n | weight
            ---+-------
             2 |     -1
             3 |      1\
            """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "generate_series(1, (SELECT count(*)::int FROM customers)) g (n)",
        "ROWS FROM (generate_series(1, (SELECT count(*)::int FROM customers)), generate_series(1, 1)) g (n, m)",
        "XMLTABLE('/r/x' PASSING (SELECT xmlelement(name r, xmlagg(xmlelement(name x, id))) FROM customers) COLUMNS n int PATH '.') g"
      })
  void aTableInAFunctionOfFromIsNoticed(String function, Steps steps) throws SQLException {
    steps
        .given(CUSTOMERS, ORDERS, ROWS)
        .fullStreamTable("SELECT g.n FROM " + function, "subquery")
        .fullStep(
            ONE_MORE,
            """
             n | weight
            ---+-------
             3 |      1\
            """);
  }

  @Test
  void aTableInADeclaredWindowIsNoticed(Steps steps) throws SQLException {
    steps
        .given(CUSTOMERS, ORDERS, ROWS)
        .streamTable(
            """
            SELECT o.id, count(*) OVER w AS n FROM orders o
            WINDOW w AS (PARTITION BY (SELECT c.city FROM customers c WHERE c.id = o.customer_id))\
            """)
        .step(
            "UPDATE customers SET city = 'Oslo'",
            """
             id | n | weight
            ----+---+-------
              1 | 2 |     -1
              2 | 2 |     -1
              3 | 1 |     -1
              1 | 3 |      1
              2 | 3 |      1
              3 | 3 |      1\
            """);
  }

  @Test
  void anAggregateInTheOrderAloneMakesOneRow(Steps steps) throws SQLException {
    steps
        .given(CUSTOMERS, ORDERS, ROWS)
        .streamTable(
            "SELECT s.one, o.id FROM (SELECT 1 AS one FROM customers ORDER BY count(*)) s, orders o")
        .stepWithoutChange(ONE_MORE)
        .step(
            "INSERT INTO orders VALUES (4, 3); DELETE FROM customers",
            """
             one | id | weight
            -----+----+-------
               1 |  4 |      1\
            """);
  }

  @Test
  void anAggregateOutsideTheSelectListMakesOneRow(Steps steps) throws SQLException {
    steps
        .given(CUSTOMERS, ORDERS, ROWS)
        .streamTable(
            """
            SELECT DISTINCT ON (count(*)) 5 AS five FROM customers
            WINDOW unused AS (ORDER BY string_agg(city, ',')) ORDER BY count(*)\
            """)
        .stepWithoutChange(ONE_MORE)
        .stepWithoutChange("DELETE FROM customers");
  }

  @Test
  void aSetReturningOrderMultipliesRows(Steps steps) throws SQLException {
    steps
        .given(CUSTOMERS, ORDERS, ROWS)
        .fullStreamTable(
            "SELECT id FROM orders ORDER BY generate_series(1, 3)", "set_returning_target")
        .fullStep(
            "DELETE FROM orders WHERE id = 2",
            """
             id | weight
            ----+-------
              2 |     -3\
            """);
  }

  @Test
  void anOperatorThatReturnsASetMultipliesRows(Steps steps) throws SQLException {
    steps
        .given(
            CUSTOMERS,
            ORDERS,
            ROWS,
            "CREATE FUNCTION up_to(int, int) RETURNS SETOF int LANGUAGE sql IMMUTABLE AS 'SELECT generate_series($1, $2)'",
            "CREATE OPERATOR @>> (LEFTARG = int, RIGHTARG = int, FUNCTION = up_to)")
        .fullStreamTable("SELECT id, 1 @>> id AS n FROM orders", "set_returning_target")
        .fullStep(
            "DELETE FROM orders WHERE id = 2",
            """
             id | n | weight
            ----+---+-------
              2 | 1 |     -1
              2 | 2 |     -1\
            """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT array_agg(s.id)::text AS ids FROM (SELECT id FROM orders ORDER BY id) s",
        "SELECT array_agg(s.id)::text AS ids FROM (SELECT id FROM orders ORDER BY id LIMIT 9) s",
        "SELECT l.id::text AS ids FROM (SELECT array_agg(s.id) AS id FROM (SELECT id FROM orders ORDER BY id) s LIMIT 1) l"
      })
  void theOrderOfASubqueryIsKept(String query, Steps steps) throws SQLException {
    steps
        .given(CUSTOMERS, ORDERS, ROWS)
        .fullStreamTable(query, "ordered_subquery")
        .fullStep(
            "UPDATE orders SET customer_id = 2 WHERE id = 1; DELETE FROM orders WHERE id = 2",
            """
             ids     | weight
            ---------+-------
             {1,2,3} |     -1
             {1,3}   |      1\
            """);
  }

  /** What a stage is computed anew for need not be a column by which its partitions are told. */
  @Test
  void aValueThatChangedBelowALimit(Steps steps) throws SQLException {
    steps
        .given(
            "CREATE TABLE t (k int, x int)",
            "INSERT INTO t VALUES (1, 10), (2, 20), (3, 30), (4, 1)")
        .streamTable("SELECT k, sum(x) AS total FROM t GROUP BY k ORDER BY total DESC, k LIMIT 3")
        .step(
            "UPDATE t SET x = 11 WHERE k = 1",
            """
             k | total | weight
            ---+-------+-------
             1 | 10    |     -1
             1 | 11    |      1\
            """);
  }

  @Test
  void aValueThatChangedBelowAWindow(Steps steps) throws SQLException {
    steps
        .given(
            "CREATE TABLE t (k int, p int, x int)",
            "INSERT INTO t VALUES (1, 1, 10), (2, 1, 20), (3, 2, 30)")
        .streamTable(
            "SELECT k, p, sum(sum(x)) OVER (PARTITION BY p ORDER BY k) AS running FROM t GROUP BY k, p")
        .step(
            "UPDATE t SET x = 11 WHERE k = 1",
            """
             k | p | running | weight
            ---+---+---------+-------
             1 | 1 | 10      |     -1
             1 | 1 | 11      |      1
             2 | 1 | 30      |     -1
             2 | 1 | 31      |      1\
            """);
  }

  @Test
  void aValueThatChangedBelowAnAggregateInOrder(Steps steps) throws SQLException {
    steps
        .given(
            "CREATE TABLE t (k int, p int, x int)",
            "INSERT INTO t VALUES (1, 1, 10), (2, 1, 20), (3, 2, 30)")
        .streamTable(
            "SELECT p, string_agg(total::text, ',' ORDER BY k) AS totals"
                + " FROM (SELECT k, p, sum(x) AS total FROM t GROUP BY k, p) g GROUP BY p")
        .step(
            "UPDATE t SET x = 11 WHERE k = 1",
            """
             p | totals | weight
            ---+--------+-------
             1 | 10,20  |     -1
             1 | 11,20  |      1\
            """);
  }

  @Test
  void aLimitOverASetOperation(Steps steps) throws SQLException {
    steps
        .given(
            "CREATE TABLE t (a int, b text)",
            "CREATE TABLE u (a int, b text)",
            "INSERT INTO t VALUES (1, 'x'), (3, 'y')",
            "INSERT INTO u VALUES (2, 'x'), (3, 'y')")
        .streamTable("SELECT a, b FROM t UNION SELECT a, b FROM u ORDER BY b DESC, 1 LIMIT 2")
        .step(
            "INSERT INTO u VALUES (0, 'y'); DELETE FROM t WHERE a = 3",
            """
             a | b | weight
            ---+---+-------
             0 | y |      1
             1 | x |     -1\
            """)
        .step(
            "DELETE FROM u WHERE b = 'y'",
            """
             a | b | weight
            ---+---+-------
             0 | y |     -1
             1 | x |      1
             2 | x |      1
             3 | y |     -1\
            """);
  }

  /** They run side by side, the shorter one going on with NULL. */
  @Test
  void setReturningFunctionsInTheSelectList(Steps steps) throws SQLException {
    steps
        .given(
            "CREATE TABLE t (id int PRIMARY KEY, tags text[], n int)",
            "INSERT INTO t VALUES (1, '{a,b}', 1), (2, '{}', 0), (3, NULL, 1)")
        .streamTable(
            "SELECT DISTINCT id, unnest(tags) AS tag, generate_series(1, n) * 10 AS tens FROM t WHERE id < 9")
        .step(
            "UPDATE t SET tags = '{b}', n = 2 WHERE id = 1; INSERT INTO t VALUES (4, '{c,c}', NULL); DELETE FROM t WHERE id > 8",
            """
             id | tag  | tens | weight
            ----+------+------+-------
              1 | a    | 10   |     -1
              1 | b    | 10   |      1
              1 | b    | NULL |     -1
              1 | NULL | 20   |      1
              4 | c    | NULL |      1\
            """);
  }

  @Test
  void setReturningFunctionsOfSeveralColumnsAreValues(Steps steps) throws SQLException {
    steps
        .given(
            "CREATE TABLE t (id int PRIMARY KEY, doc jsonb)",
            "INSERT INTO t VALUES (1, '{\"a\": 1, \"b\": 2}')")
        .fullStreamTable("SELECT id, jsonb_each(doc)::text AS pair FROM t", "set_returning_target")
        .fullStep(
            "UPDATE t SET doc = '{\"a\": 1}'",
            """
             id | pair    | weight
            ----+---------+-------
              1 | (b,2)   |     -1\
            """);
  }
}
