package dev.freshet.refresh.maintain.step;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** WITH RECURSIVE. */
@ExtendWith(StepExtension.class)
class RecursionStepTest {

  private static final String[] EDGES = {
    "CREATE TABLE e (src int, dst int)",
    "CREATE TABLE root (id int)",
    "INSERT INTO root VALUES (1)",
    "INSERT INTO e VALUES (1, 2), (2, 3), (3, 1), (3, 4), (8, 9)"
  };

  private static final String REACHED =
      "WITH RECURSIVE r(n) AS (SELECT id FROM root UNION SELECT e.dst FROM r JOIN e ON e.src = r.n) SELECT n FROM r";

  @Test
  void whatIsReached(Steps steps) throws SQLException {
    steps
        .given(EDGES)
        .streamTable(REACHED)
        .step(
            "INSERT INTO e VALUES (4, 8), (4, 2)",
            """
             n | weight
            ---+-------
             8 |      1
             9 |      1\
            """)
        .step(
            "DELETE FROM e WHERE src = 2",
            """
             n | weight
            ---+-------
             3 |     -1
             4 |     -1
             8 |     -1
             9 |     -1\
            """);
  }

  @Test
  void aCircleThatNothingLeadsToIsGone(Steps steps) throws SQLException {
    steps
        .given(EDGES)
        .streamTable(REACHED)
        .step(
            "DELETE FROM e WHERE src = 1; INSERT INTO e VALUES (4, 2)",
            """
             n | weight
            ---+-------
             2 |     -1
             3 |     -1
             4 |     -1\
            """)
        .stepWithoutChange(
            "INSERT INTO e VALUES (4, 4), (NULL, 5), (1, NULL); DELETE FROM e WHERE dst IS NULL")
        .step(
            "UPDATE root SET id = 3; INSERT INTO root VALUES (NULL)",
            """
             n    | weight
            ------+-------
             2    |      1
             3    |      1
             4    |      1
             NULL |      1\
            """);
  }

  @Test
  void whatIsReachedAnotherWayStays(Steps steps) throws SQLException {
    steps
        .given(EDGES)
        .streamTable(REACHED)
        .stepWithoutChange("INSERT INTO e VALUES (1, 3)")
        .stepWithoutChange("DELETE FROM e WHERE src = 2; INSERT INTO e VALUES (4, 2)")
        .stepWithoutChange("INSERT INTO root VALUES (1), (4); DELETE FROM e WHERE dst = 4");
  }

  @Test
  void anInsertedRootAndAnInsertedEdgeMeet(Steps steps) throws SQLException {
    steps
        .given(EDGES)
        .streamTable(REACHED)
        .step(
            "INSERT INTO root VALUES (8); INSERT INTO e VALUES (9, 10); DELETE FROM root WHERE id = 1",
            """
             n  | weight
            ----+-------
             1  |     -1
             2  |     -1
             3  |     -1
             4  |     -1
             8  |      1
             9  |      1
             10 |      1\
            """);
  }

  private static final String[] STAFF = {
    "CREATE TABLE staff (id int PRIMARY KEY, boss int, name text)",
    "INSERT INTO staff VALUES (1, NULL, 'a'), (2, 1, 'b'), (3, 1, 'c'), (4, 2, 'd'), (5, 4, 'e')"
  };

  @Test
  void aHierarchyWithPaths(Steps steps) throws SQLException {
    steps
        .given(STAFF)
        .streamTable(
            """
            WITH RECURSIVE t AS (
              SELECT id, name AS path, 1 AS depth FROM staff WHERE boss IS NULL
              UNION ALL
              SELECT s.id, t.path || '/' || s.name, t.depth + 1 FROM staff s JOIN t ON s.boss = t.id)
            SELECT id, path, depth FROM t\
            """)
        .step(
            "UPDATE staff SET boss = 3 WHERE id = 4",
            """
             id | path    | depth | weight
            ----+---------+-------+-------
              4 | a/b/d   |     3 |     -1
              4 | a/c/d   |     3 |      1
              5 | a/b/d/e |     4 |     -1
              5 | a/c/d/e |     4 |      1\
            """)
        .step(
            "DELETE FROM staff WHERE id IN (3, 4); UPDATE staff SET boss = 2 WHERE id = 5; INSERT INTO staff VALUES (6, 5, 'f')",
            """
             id | path    | depth | weight
            ----+---------+-------+-------
              3 | a/c     |     2 |     -1
              4 | a/c/d   |     3 |     -1
              5 | a/b/e   |     3 |      1
              5 | a/c/d/e |     4 |     -1
              6 | a/b/e/f |     4 |      1\
            """);
  }

  @Test
  void aCircleThatWasCutOffIsComputedWhole(Steps steps) throws SQLException {
    steps
        .given(STAFF)
        .streamTable(
            """
            WITH RECURSIVE t AS (
              SELECT id FROM staff WHERE boss IS NULL
              UNION ALL
              SELECT s.id FROM staff s JOIN t ON s.boss = t.id)
            SELECT id FROM t\
            """)
        .failingStep(
            "UPDATE staff SET boss = 5 WHERE id = 2",
            "the changes of a recursive query reach too many rows");
  }

  @Test
  void everyWayCounts(Steps steps) throws SQLException {
    steps
        .given(
            "CREATE TABLE part (whole text, part text, n int)",
            "INSERT INTO part VALUES ('car', 'wheel', 4), ('wheel', 'screw', 5), ('car', 'door', 2), ('door', 'screw', 3)")
        .streamTable(
            """
            WITH RECURSIVE b(part, n) AS (
              SELECT part, n FROM part WHERE whole = 'car'
              UNION ALL
              SELECT p.part, p.n * b.n FROM b JOIN part p ON p.whole = b.part)
            SELECT part, sum(n) AS n, count(*) AS ways FROM b GROUP BY part\
            """)
        .step(
            "INSERT INTO part VALUES ('car', 'screw', 1), ('door', 'screw', 3); UPDATE part SET n = 3 WHERE part = 'wheel'",
            """
             part  | n  | ways | weight
            -------+----+------+-------
             screw | 26 |    2 |     -1
             screw | 28 |    4 |      1
             wheel | 3  |    1 |      1
             wheel | 4  |    1 |     -1\
            """);
  }

  @Test
  void aStepWithSubqueriesAndOuterJoins(Steps steps) throws SQLException {
    steps
        .given(EDGES)
        .given("CREATE TABLE closed (id int)", "CREATE TABLE label (id int, name text)")
        .streamTable(
            """
            WITH RECURSIVE r(n, name) AS (
              SELECT id, 'root'::text FROM root
              UNION
              SELECT e.dst, l.name FROM r JOIN e ON e.src = r.n LEFT JOIN label l ON l.id = e.dst
              WHERE NOT EXISTS (SELECT FROM closed c WHERE c.id = e.dst) AND r.n < 100)
            SELECT n, name FROM r\
            """)
        .step(
            "INSERT INTO closed VALUES (3); INSERT INTO label VALUES (2, 'two')",
            """
             n | name | weight
            ---+------+-------
             1 | NULL |     -1
             2 | NULL |     -1
             2 | two  |      1
             3 | NULL |     -1
             4 | NULL |     -1\
            """)
        .step(
            "DELETE FROM label; DELETE FROM closed; INSERT INTO e VALUES (1, 4)",
            """
             n | name | weight
            ---+------+-------
             1 | NULL |      1
             2 | NULL |      1
             2 | two  |     -1
             3 | NULL |      1
             4 | NULL |      1\
            """);
  }

  @Test
  void twoRecursionsAndOneInsideAnother(Steps steps) throws SQLException {
    steps
        .given(EDGES)
        .streamTable(
            """
            WITH RECURSIVE r(n) AS (SELECT id FROM root UNION SELECT e.dst FROM r JOIN e ON e.src = r.n),
              back(n) AS (SELECT max(n) FROM r UNION SELECT e.src FROM back JOIN e ON e.dst = back.n WHERE e.src IN (SELECT n FROM r))
            SELECT back.n, (SELECT count(*) FROM r WHERE r.n < back.n) AS lower FROM back\
            """)
        .step(
            "INSERT INTO e VALUES (4, 5); DELETE FROM e WHERE src = 2",
            """
             n | lower | weight
            ---+-------+-------
             3 |     2 |     -1
             4 |     3 |     -1\
            """);
  }

  @Test
  void numbersWithoutAnyTable(Steps steps) throws SQLException {
    steps
        .given("CREATE TABLE t (n int)")
        .streamTable(
            "WITH RECURSIVE i(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM i WHERE n < 3) SELECT i.n, t.n AS m FROM i JOIN t USING (n)")
        .step(
            "INSERT INTO t VALUES (2), (3), (7)",
            """
             n | m | weight
            ---+---+-------
             2 | 2 |      1
             3 | 3 |      1\
            """);
  }

  @Test
  void searchAndCycleAreComputedWhole(Steps steps) throws SQLException {
    steps
        .given(EDGES)
        .fullStreamTable(
            "WITH RECURSIVE r(n) AS (SELECT id FROM root UNION ALL SELECT e.dst FROM r JOIN e ON e.src = r.n) CYCLE n SET looped USING path SELECT n, looped FROM r",
            "recursive_query");
  }
}
