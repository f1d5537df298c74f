package dev.freshet.refresh.maintain.step;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.sql.SQLException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(StepExtension.class)
class SourceStepTest {

  @Test
  void storedGeneratedColumnsAreRead(Steps steps) throws SQLException {
    steps
        .given(
            "CREATE TABLE t (id int PRIMARY KEY, x int, y int GENERATED ALWAYS AS (x * 2) STORED)",
            "INSERT INTO t VALUES (1, 5)")
        .streamTable("SELECT id, y FROM t WHERE y > 5")
        .step(
            "UPDATE t SET x = 6; INSERT INTO t VALUES (2, 1)",
            """
             id | y  | weight
            ----+----+-------
              1 | 10 |     -1
              1 | 12 |      1\
            """);
  }

  @Test
  void virtualGeneratedColumnsAreRead(Steps steps) throws SQLException {
    if (!steps.has(
        "CREATE TABLE t (id int PRIMARY KEY, x int, y int GENERATED ALWAYS AS (x * 2) VIRTUAL)")) {
      return;
    }
    steps
        .given("INSERT INTO t VALUES (1, 5)")
        .streamTable("SELECT id, y FROM t WHERE y > 5")
        .step(
            "UPDATE t SET x = 6; INSERT INTO t VALUES (2, 1)",
            """
             id | y  | weight
            ----+----+-------
              1 | 10 |     -1
              1 | 12 |      1\
            """);
  }

  @Test
  void valuesStoredOutOfLineAreCompared(Steps steps) throws SQLException {
    steps
        .given(
            "CREATE TABLE t (id int, body text)",
            "ALTER TABLE t ALTER body SET STORAGE EXTERNAL",
            "INSERT INTO t VALUES (1, repeat('x', 20000)), (2, repeat('y', 20000))")
        .streamTable("SELECT id, body, length(body) AS n FROM t")
        .stepWithoutChange("UPDATE t SET id = id")
        .stepWithoutChange("UPDATE t SET body = repeat('x', 20000) WHERE id = 1");
  }

  @Test
  void aLongValueLeavesABag(Steps steps) throws SQLException {
    steps
        .given(
            "CREATE TABLE t (id int, body text)",
            "INSERT INTO t SELECT 1, string_agg(md5(i::text), '') FROM generate_series(1, 1000) i",
            "INSERT INTO t VALUES (2, 'short')")
        .streamTable("SELECT body, id FROM t WHERE body <> ''")
        .step(
            "UPDATE t SET body = 'cut' WHERE id = 1 AND length(body) = 32000; DELETE FROM t WHERE id = 2",
            """
             body  | id | weight
            -------+----+-------
             short |  2 |     -1
             cut   |  1 |      1
             %s    |  1 |     -1\
            """
                .formatted(
                    steps.value(
                        "SELECT string_agg(md5(i::text), '') FROM generate_series(1, 1000) i")));
  }

  @Test
  void manyColumns(Steps steps) throws SQLException {
    String columns = IntStream.range(0, 120).mapToObj(i -> "c" + i + " int").collect(joining(", "));
    steps
        .given("CREATE TABLE t (" + columns + ")", "INSERT INTO t (c0, c119) VALUES (1, 1)")
        .streamTable("SELECT * FROM t")
        .stepWithoutChange("UPDATE t SET c5 = NULL")
        .stepWithoutChange("INSERT INTO t (c0) VALUES (2); DELETE FROM t WHERE c0 = 2");
  }

  @Test
  void manyColumnsInGroups(Steps steps) throws SQLException {
    String columns = IntStream.range(0, 110).mapToObj(i -> "c" + i + " int").collect(joining(", "));
    String keys = IntStream.range(0, 110).mapToObj(i -> "c" + i).collect(joining(", "));
    steps
        .given("CREATE TABLE t (" + columns + ")", "INSERT INTO t (c0, c9) VALUES (1, 1)")
        .streamTable(
            "SELECT sum(n) AS n FROM (SELECT %1$s, count(*) AS n FROM t GROUP BY %1$s) g"
                .formatted(keys))
        .step(
            "INSERT INTO t (c0, c9) VALUES (1, 1), (1, NULL)",
            """
             n | weight
            ---+-------
             1 |     -1
             3 |      1\
            """);
  }

  @Test
  void oddIdentifiers(Steps steps) throws SQLException {
    String longest = "y".repeat(63);
    steps
        .given(
            "CREATE SCHEMA IF NOT EXISTS \"odd.schema\"\"\"",
            "DROP TABLE IF EXISTS \"odd.schema\"\"\".\"select\"",
            "CREATE TABLE \"odd.schema\"\"\".\"select\" (\"group\" int PRIMARY KEY, \"a.\"\"b\" text, \"größe µ\" int, %s int)"
                .formatted(longest),
            "INSERT INTO \"odd.schema\"\"\".\"select\" VALUES (1, 'x', 2, 3)")
        .streamTable(
            """
            SELECT "a.""b" AS "from", sum("größe µ") AS "größe µ", max(%1$s) AS %1$s, count(*) AS "t.*"
            FROM "odd.schema""\"."select" AS "where" GROUP BY "a.""b\"\
            """
                .formatted(longest))
        .step(
            "INSERT INTO \"odd.schema\"\"\".\"select\" VALUES (2, 'x', 5, 1)",
            """
             from | größe µ | %s | t.* | weight
            ------+---------+----+-----+-------
             x    |       2 |  3 |   1 |     -1
             x    |       7 |  3 |   2 |      1\
            """
                .formatted(longest));
  }

  @Test
  void namesThatOurStatementsUseAreLeftToFull(Steps steps) throws SQLException {
    steps
        .given(
            "CREATE TABLE t (id int, __weight int, xid int, weight int, k1 int, __copy int)",
            "INSERT INTO t VALUES (1, 1, 1, 1, 1, 1)")
        .fullStreamTable("SELECT * FROM t", "reserved_name")
        .fullStep(
            "UPDATE t SET __weight = 2",
            """
             id | __weight | xid | weight | k1 | __copy | weight
            ----+----------+-----+--------+----+--------+-------
              1 |        1 |   1 |      1 |  1 |      1 |     -1
              1 |        2 |   1 |      1 |  1 |      1 |      1\
            """);
  }

  @Test
  void columnsNamedAsThoseOfBuffersAndStages(Steps steps) throws SQLException {
    steps
        .given(
            "CREATE TABLE t (id int, xid int, weight int, k1 int, c1 int, p1 int, __copy int)",
            "INSERT INTO t VALUES (1, 1, 1, 1, 1, 1, 1)")
        .streamTable(
            """
            SELECT xid, weight, k1, c1, p1, __copy, n
            FROM (SELECT xid, weight, k1, c1, p1, __copy, count(*) AS n FROM t GROUP BY 1, 2, 3, 4, 5, 6) g\
            """)
        .step(
            "INSERT INTO t SELECT * FROM t",
            """
             xid | weight | k1 | c1 | p1 | __copy | n | weight
            -----+--------+----+----+----+--------+---+-------
               1 |      1 |  1 |  1 |  1 |      1 | 1 |     -1
               1 |      1 |  1 |  1 |  1 |      1 | 2 |      1\
            """);
  }

  @Test
  void relationsCalledAsOurs(Steps steps) throws SQLException {
    steps
        .given(
            "CREATE TABLE fresh (id int PRIMARY KEY, x int)",
            "CREATE TABLE touched (id int, y int)",
            "INSERT INTO fresh VALUES (1, 1)",
            "INSERT INTO touched VALUES (1, 1)")
        .streamTable(
            """
            SELECT d.id, string_agg(d.x || ':' || t.y, ',' ORDER BY t.y) AS xs
            FROM fresh d JOIN touched t ON t.id = d.id GROUP BY d.id\
            """)
        .step(
            "INSERT INTO touched VALUES (1, 2)",
            """
             id | xs      | weight
            ----+---------+-------
              1 | 1:1     |     -1
              1 | 1:1,1:2 |      1\
            """);
  }

  @Test
  void theKeyOfAParentDoesNotHoldForItsChildren(Steps steps) throws SQLException {
    steps
        .given(
            "CREATE TABLE parent (id int PRIMARY KEY, x int)",
            "CREATE TABLE child () INHERITS (parent)",
            "INSERT INTO parent VALUES (1, 1)",
            "INSERT INTO child VALUES (1, 1), (1, 2)")
        .streamTable("SELECT id, x FROM parent")
        .step(
            "INSERT INTO child VALUES (1, 2); UPDATE ONLY parent SET x = 3",
            """
             id | x | weight
            ----+---+-------
              1 | 1 |     -1
              1 | 2 |      1
              1 | 3 |      1\
            """)
        .step(
            "DELETE FROM parent WHERE x = 2",
            """
             id | x | weight
            ----+---+-------
              1 | 2 |     -2\
            """);
  }

  @Test
  void rowsMoveBetweenPartitions(Steps steps) throws SQLException {
    steps
        .given(
            "CREATE TABLE p (id int, k int, PRIMARY KEY (id, k)) PARTITION BY LIST (k)",
            "CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1)",
            "CREATE TABLE p2 PARTITION OF p DEFAULT",
            "INSERT INTO p VALUES (1, 1), (2, 2)")
        .streamTable("SELECT k, count(*) AS n FROM p GROUP BY k")
        .step(
            "UPDATE p SET k = 2 WHERE id = 1; INSERT INTO p1 VALUES (3, 1)",
            """
             k | n | weight
            ---+---+-------
             2 | 1 |     -1
             2 | 2 |      1\
            """)
        .step(
            "DELETE FROM p2",
            """
             k | n | weight
            ---+---+-------
             2 | 2 |     -1\
            """);
  }

  @Test
  void aUniqueIndexOverNotNullColumnsIsAKey(Steps steps) throws SQLException {
    steps
        .given(
            "CREATE TABLE t (a int NOT NULL, b text NOT NULL, x int)",
            "CREATE UNIQUE INDEX ON t (a, b)",
            "INSERT INTO t VALUES (1, 'a', 1), (1, 'b', 2)")
        .streamTable("SELECT a, b, x FROM t")
        .step(
            "UPDATE t SET a = 2 WHERE b = 'a'; UPDATE t SET x = 5 WHERE b = 'b'",
            """
             a | b | x | weight
            ---+---+---+-------
             1 | a | 1 |     -1
             2 | a | 1 |      1
             1 | b | 2 |     -1
             1 | b | 5 |      1\
            """);
  }

  /** Any of these taken for a key would make one row of two. */
  @Test
  void whatIsNoKeyOfAllRowsIsNone(Steps steps) throws SQLException {
    steps
        .given(
            "CREATE TABLE t (late int NOT NULL UNIQUE DEFERRABLE INITIALLY DEFERRED, part int NOT NULL, computed int NOT NULL)",
            "CREATE UNIQUE INDEX ON t (part) WHERE part > 0",
            "CREATE UNIQUE INDEX ON t ((computed + late))",
            "INSERT INTO t VALUES (1, 0, 1), (2, 0, 1)")
        .streamTable("SELECT late, part, computed FROM t")
        .step(
            "DELETE FROM t WHERE late = 2; UPDATE t SET computed = 2",
            """
             late | part | computed | weight
            ------+------+----------+-------
                1 |    0 |        1 |     -1
                1 |    0 |        2 |      1
                2 |    0 |        1 |     -1\
            """);
  }

  @Test
  void aKeyWhoseNullsWereNeverRuledOutIsNone(Steps steps) throws SQLException {
    steps.given(
        "CREATE TABLE t (id int UNIQUE, x int)", "INSERT INTO t VALUES (NULL, 1), (NULL, 2)");
    assumeTrue(steps.has("ALTER TABLE t ADD CONSTRAINT there NOT NULL id NOT VALID"));

    steps
        .streamTable("SELECT id, x FROM t")
        .step(
            "DELETE FROM t WHERE x = 1; INSERT INTO t VALUES (1, 1)",
            """
             id   | x | weight
            ------+---+-------
             1    | 1 |      1
             NULL | 1 |     -1\
            """);
  }

  /** FULL leaves the inner relations as the next difference needs them. */
  @Test
  void differencesGoOnAfterATableWasEmptied(Steps steps) throws SQLException {
    steps
        .given("CREATE TABLE t (k int, n int)", "INSERT INTO t VALUES (1, 2), (1, 4), (2, 6)")
        .streamTable(
            "SELECT count(*) AS groups, max(a) AS most FROM (SELECT k, avg(n)::int AS a FROM t GROUP BY k) g")
        .fullStep(
            "TRUNCATE t; INSERT INTO t VALUES (3, 5)",
            """
             groups | most | weight
            --------+------+-------
                  1 |    5 |      1
                  2 |    6 |     -1\
            """)
        .step(
            "INSERT INTO t VALUES (3, 7), (1, 9)",
            """
             groups | most | weight
            --------+------+-------
                  1 |    5 |     -1
                  2 |    9 |      1\
            """);
  }
}
