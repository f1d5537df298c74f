package dev.freshet.refresh.maintain.step;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Queries that ask for the time. Rows come within reach of the condition, or leave it, while
 * nothing is written: what is far away in the tables here comes near by {@code pg_sleep}.
 */
@ExtendWith(StepExtension.class)
class TimeStepTest {

  /**
   * Rows of an hour ago and less leave after one second and more, in the order of their numbers.
   */
  private static final String[] TABLES = {
    "CREATE TABLE c (id int PRIMARY KEY, name text)",
    "CREATE TABLE e (id int PRIMARY KEY, c int, at timestamptz, n int)",
    "INSERT INTO c VALUES (1, 'a'), (2, 'b'), (3, 'c')",
    """
    INSERT INTO e VALUES (1, 1, clock_timestamp() - interval '59 min 57 s', 10), (2, 1, clock_timestamp() - interval '10 min', 20),
      (3, 2, clock_timestamp() - interval '2 hours', 30), (4, 2, NULL, 40), (5, 3, clock_timestamp() + interval '3 s', 50)\
    """
  };

  private static final String WAIT = "SELECT pg_sleep(3.1)";

  @Test
  void rowsLeaveAsTimePasses(Steps steps) throws SQLException {
    steps
        .given(TABLES)
        .streamTable("SELECT id, n FROM e WHERE at > now() - interval '1 hour'")
        .step(
            WAIT,
            """
             id | n  | weight
            ----+----+-------
              1 | 10 |     -1\
            """)
        .step(
            "UPDATE e SET at = now() WHERE id = 3; UPDATE e SET n = 21 WHERE id = 2; DELETE FROM e WHERE id = 5",
            """
             id | n  | weight
            ----+----+-------
              2 | 20 |     -1
              2 | 21 |      1
              3 | 30 |      1
              5 | 50 |     -1\
            """);
  }

  @Test
  void aRowThatChangesAsItLeavesLeavesOnce(Steps steps) throws SQLException {
    steps
        .given(TABLES)
        .streamTable("SELECT id, n FROM e WHERE at > now() - interval '1 hour'")
        .step(
            "UPDATE e SET n = 11 WHERE id = 1; " + WAIT,
            """
             id | n  | weight
            ----+----+-------
              1 | 10 |     -1\
            """);
  }

  @Test
  void rowsComeAndGoBetweenTwoTimes(Steps steps) throws SQLException {
    steps
        .given(TABLES)
        .streamTable(
            "SELECT id FROM e WHERE at BETWEEN now() - interval '1 hour' AND now() AND n < 60")
        .step(
            WAIT,
            """
             id | weight
            ----+-------
              1 |     -1
              5 |      1\
            """);
  }

  @Test
  void aConditionThatIsNoRange(Steps steps) throws SQLException {
    steps
        .given(TABLES)
        .streamTable(
            "SELECT id FROM e WHERE now() - at < interval '1 hour' AND (n < 15 OR at < now())")
        .step(
            WAIT,
            """
             id | weight
            ----+-------
              1 |     -1
              5 |      1\
            """);
  }

  @Test
  void aggregatesWithAFilter(Steps steps) throws SQLException {
    steps
        .given(TABLES)
        .streamTable(
            "SELECT c, count(*) FILTER (WHERE at > now() - interval '1 hour') AS recent, sum(n) AS n FROM e GROUP BY c")
        .step(
            WAIT,
            """
             c | recent | n  | weight
            ---+--------+----+-------
             1 |      1 | 30 |      1
             1 |      2 | 30 |     -1\
            """)
        .step(
            "UPDATE e SET c = 2 WHERE id = 2",
            """
             c | recent | n  | weight
            ---+--------+----+-------
             1 |      0 | 10 |      1
             1 |      1 | 30 |     -1
             2 |      0 | 70 |     -1
             2 |      1 | 90 |      1\
            """);
  }

  @Test
  void groupsOfWhatIsRecent(Steps steps) throws SQLException {
    steps
        .given(TABLES)
        .streamTable(
            "SELECT c, max(n) AS n, avg(n)::int AS a FROM e WHERE at > now() - interval '1 hour' GROUP BY c")
        .step(
            WAIT,
            """
             c | n  | a  | weight
            ---+----+----+-------
             1 | 20 | 15 |     -1
             1 | 20 | 20 |      1\
            """);
  }

  @Test
  void aLabelThatTimeChanges(Steps steps) throws SQLException {
    steps
        .given(TABLES)
        .streamTable(
            "SELECT id, CASE WHEN at > now() - interval '1 hour' THEN 'new' ELSE 'old' END AS age FROM e WHERE n < 60")
        .step(
            WAIT,
            """
             id | age | weight
            ----+-----+-------
              1 | new |     -1
              1 | old |      1\
            """);
  }

  @Test
  void theConditionOfAnOuterJoin(Steps steps) throws SQLException {
    steps
        .given(TABLES)
        .streamTable(
            "SELECT c.name, e.n FROM c LEFT JOIN e ON e.c = c.id AND e.at > now() - interval '1 hour' AND e.n <> 20")
        .step(
            WAIT,
            """
             name | n    | weight
            ------+------+-------
             a    | 10   |     -1
             a    | NULL |      1\
            """)
        .step(
            "UPDATE e SET at = now() WHERE id = 1",
            """
             name | n    | weight
            ------+------+-------
             a    | 10   |      1
             a    | NULL |     -1\
            """);
  }

  @Test
  void whoHasNothingRecent(Steps steps) throws SQLException {
    steps
        .given(TABLES)
        .streamTable(
            "SELECT name FROM c WHERE NOT EXISTS (SELECT FROM e WHERE e.c = c.id AND e.at > now() - interval '1 hour' AND n < 20)")
        .step(
            WAIT,
            """
             name | weight
            ------+-------
             a    |      1\
            """);
  }

  @Test
  void columnsOfTwoTables(Steps steps) throws SQLException {
    steps
        .given(TABLES)
        .given("ALTER TABLE c ADD keep interval DEFAULT '1 hour'")
        .streamTable("SELECT c.name, e.id FROM c JOIN e ON e.c = c.id WHERE e.at + c.keep > now()")
        .step(
            WAIT,
            """
             name | id | weight
            ------+----+-------
             a    |  1 |     -1\
            """)
        .step(
            "UPDATE c SET keep = '1 minute' WHERE id = 1; UPDATE e SET c = 3 WHERE id = 2",
            """
             name | id | weight
            ------+----+-------
             a    |  2 |     -1
             c    |  2 |      1\
            """);
  }

  @Test
  void theFirstRowsOfWhatIsRecent(Steps steps) throws SQLException {
    steps
        .given(TABLES)
        .streamTable(
            """
            SELECT id, row_number() OVER (PARTITION BY c ORDER BY at) AS place FROM e
            WHERE at > now() - interval '1 hour' ORDER BY n LIMIT 2\
            """)
        .step(
            WAIT,
            """
             id | place | weight
            ----+-------+-------
              1 |     1 |     -1
              2 |     1 |      1
              2 |     2 |     -1
              5 |     1 |      1\
            """);
  }

  @Test
  void aViewOverAJoin(Steps steps) throws SQLException {
    steps
        .given(TABLES)
        .given(
            "CREATE VIEW v AS SELECT c.name, e.at, e.n FROM c LEFT JOIN e ON e.c = c.id UNION ALL SELECT 'x', now() - interval '59 min 59 s' - interval '1 hour', 0 WHERE false")
        .fullStreamTable(
            "SELECT name FROM v WHERE at > now() - interval '1 hour'", "depends_on_time")
        .fullStep(
            WAIT,
            """
             name | weight
            ------+-------
             a    |     -1\
            """);
  }

  @Test
  void today(Steps steps) throws SQLException {
    steps
        .given("CREATE TABLE d (id int PRIMARY KEY, day date, at timestamp)")
        .streamTable(
            """
            SELECT id, day = CURRENT_DATE AS today, at >= LOCALTIMESTAMP(0) AS later FROM d
            WHERE age(at) < interval '1 year' AND at::date <= CURRENT_DATE + 1\
            """)
        .step(
            "INSERT INTO d VALUES (1, CURRENT_DATE, CURRENT_DATE), (2, '1999-01-01', '1999-01-01'), (3, NULL, CURRENT_DATE)",
            """
             id | today | later | weight
            ----+-------+-------+-------
              1 | t     | f     |      1
              3 | NULL  | f     |      1\
            """);
  }

  @Test
  void groupsLeaveAsTimePasses(Steps steps) throws SQLException {
    steps
        .given(TABLES)
        .streamTable(
            """
            SELECT c AS c, count(*) AS n FROM e
            GROUP BY c HAVING min(at) > now() - interval '1 hour' AND count(*) < 4\
            """)
        .step(
            WAIT,
            """
             c | n | weight
            ---+---+-------
             1 | 2 |     -1\
            """)
        .step(
            "DELETE FROM e WHERE id = 1; INSERT INTO e VALUES (6, 3, now(), 1)",
            """
             c | n | weight
            ---+---+-------
             1 | 1 |      1
             3 | 1 |     -1
             3 | 2 |      1\
            """);
  }

  @Test
  void theGroupOfAllRowsLeavesAsTimePasses(Steps steps) throws SQLException {
    steps
        .given(TABLES)
        .streamTable(
            "SELECT DISTINCT sum(n) AS n FROM e WHERE id < 3 HAVING min(at) > now() - interval '1 hour'")
        .step(
            WAIT,
            """
             n  | weight
            ----+-------
             30 |     -1\
            """)
        .step(
            "UPDATE e SET at = now() WHERE id = 1",
            """
             n  | weight
            ----+-------
             30 |      1\
            """);
  }

  @Test
  void whatShowsTheTimeIsComputedWhole(Steps steps) throws SQLException {
    steps
        .given(TABLES)
        .fullStreamTable(
            "SELECT id, now() - at > interval '1 hour' AS old, now() AS at FROM e WHERE id < 0",
            "depends_on_time");
  }
}
