package dev.freshet.refresh.capture;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Partitioned tables and inheritance. */
class TreeCaptureTest {

  private CaptureDatabase database;

  @BeforeEach
  void open() throws SQLException {
    database = new CaptureDatabase();
  }

  @AfterEach
  void close() {
    database.close();
  }

  /**
   * The second partition has other attribute numbers than the parent; the third is partitioned
   * itself.
   */
  private void createPartitions() throws SQLException {
    database.run(
        "CREATE TABLE p (id int, k int, v text, PRIMARY KEY (id, k)) PARTITION BY LIST (k)",
        "CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1)",
        "CREATE TABLE p2 (junk int, v text, k int NOT NULL, id int NOT NULL)",
        "ALTER TABLE p2 DROP COLUMN junk",
        "ALTER TABLE p ATTACH PARTITION p2 FOR VALUES IN (2)",
        "CREATE TABLE p3 PARTITION OF p FOR VALUES IN (3, 4) PARTITION BY LIST (k)",
        "CREATE TABLE p33 PARTITION OF p3 FOR VALUES IN (3)",
        "CREATE TABLE p34 PARTITION OF p3 FOR VALUES IN (4)");
    assertThat(database.ensure("p", 1, 2, 3)).isEqualTo(new CaptureOutcome.Installed(1));
  }

  @Test
  void writesToParentAndPartitionsAreCapturedOnce() throws Exception {
    createPartitions();
    database.run(
        "INSERT INTO p SELECT i, 1 + i % 4, 'v' FROM generate_series(1, 20) i",
        "INSERT INTO p2 (id, k, v) VALUES (100, 2, 'direct')",
        "UPDATE p1 SET v = 'direct' WHERE id = 4",
        "DELETE FROM p33 WHERE id = 2",
        "INSERT INTO p VALUES (1, 2, 'x') ON CONFLICT (id, k) DO UPDATE SET v = 'conflict'",
        "COPY (SELECT 1) TO '/dev/null'");

    assertThat(database.counts("p")).isEqualTo("23 × +1, 3 × -1");
    assertThat(database.difference("p", "id", "k", "v")).isEqualTo("0");
  }

  @Test
  void rowsMovingBetweenPartitionsAreCapturedOnce() throws Exception {
    createPartitions();
    database.run(
        "INSERT INTO p SELECT i, 1 + i % 4, 'v' FROM generate_series(1, 8) i",
        "UPDATE p SET k = 1 + k % 4 WHERE id <= 4",
        """
        MERGE INTO p USING (VALUES (5, 3), (6, 1), (99, 2)) AS s (id, k) ON p.id = s.id
        WHEN MATCHED AND s.k = 1 THEN UPDATE SET k = 4
        WHEN MATCHED THEN UPDATE SET k = s.k
        WHEN NOT MATCHED THEN INSERT VALUES (s.id, s.k, 'new')\
        """);

    assertThat(database.difference("p", "id", "k", "v")).isEqualTo("0");
    assertThat(database.counts("p")).isEqualTo("15 × +1, 6 × -1");
  }

  @Test
  void truncatingAPartitionIsMarked() throws Exception {
    createPartitions();
    database.run("INSERT INTO p VALUES (3, 4, 'v')", "TRUNCATE p34");

    assertThat(database.counts("p")).isEqualTo("1 × +1, 1 × t");
  }

  @Test
  void attachingAndDetachingIsNoticed() throws Exception {
    createPartitions();
    SourceShape before = shape("p");

    database.run("CREATE TABLE p5 PARTITION OF p FOR VALUES IN (5)");
    assertThat(before.changeTo(shape("p"))).isEqualTo(ShapeChange.DEFINITION_CHANGED);
    assertThat(shape("p").broken()).isTrue();

    database.ensure("p", 1, 2, 3);
    SourceShape attached = shape("p");
    assertThat(attached.broken()).isFalse();
    database.run("INSERT INTO p5 VALUES (1, 5, 'v')", "TRUNCATE p5");
    assertThat(database.counts("p")).isEqualTo("1 × +1, 1 × t");

    database.run("ALTER TABLE p DETACH PARTITION p2");
    assertThat(attached.changeTo(shape("p"))).isEqualTo(ShapeChange.DEFINITION_CHANGED);
    database.ensure("p", 1, 2, 3);
    database.run("INSERT INTO p2 (id, k, v) VALUES (100, 2, 'no longer ours')", "TRUNCATE p2");
    assertThat(database.counts("p")).isEqualTo("1 × +1, 1 × t");
  }

  @Test
  void tableThatBecomesAPartitionGetsRowTriggers() throws Exception {
    database.run(
        "CREATE TABLE p (id int, k int) PARTITION BY LIST (k)", "CREATE TABLE t (id int, k int)");
    database.ensure("t", 1, 2);
    SourceShape alone = shape("t");

    database.run("ALTER TABLE p ATTACH PARTITION t FOR VALUES IN (1)");
    assertThat(alone.changeTo(shape("t"))).isEqualTo(ShapeChange.DEFINITION_CHANGED);

    assertThat(database.ensure("t", 1, 2)).isEqualTo(new CaptureOutcome.Installed(1));
    database.run("INSERT INTO p VALUES (1, 1)", "INSERT INTO t VALUES (2, 1)");
    assertThat(database.difference("t", "id", "k")).isEqualTo("0");
  }

  @Test
  void partitionAndParentAreCapturedSideBySide() throws Exception {
    createPartitions();
    database.ensure("p1", 1);
    database.run("INSERT INTO p VALUES (1, 1, 'both'), (2, 2, 'parent')", "DELETE FROM p1");

    assertThat(database.difference("p", "id", "k", "v")).isEqualTo("0");
    assertThat(database.counts("p1")).isEqualTo("1 × +1, 1 × -1");
  }

  @Test
  void inheritanceIsCapturedOnce() throws Exception {
    database.run(
        "CREATE TABLE a (id int, v text)",
        "CREATE TABLE b (extra int) INHERITS (a)",
        "CREATE TABLE c () INHERITS (b)");
    database.ensure("a", 1, 2);
    database.run(
        "INSERT INTO a VALUES (1, 'a'), (2, 'a')",
        "INSERT INTO b VALUES (3, 'b', 9)",
        "INSERT INTO c VALUES (4, 'c', 9)",
        "UPDATE a SET v = v || 'u'",
        "UPDATE ONLY a SET v = v || 'o'",
        "DELETE FROM b WHERE id = 3",
        "DELETE FROM ONLY a WHERE id = 1",
        "ALTER TABLE a RENAME v TO renamed",
        "UPDATE a SET renamed = renamed || 'r'");

    assertThat(database.difference("a", "id", "renamed")).isEqualTo("0");
    assertThat(database.counts("a")).isEqualTo("12 × +1, 10 × -1");
  }

  @Test
  void childThatLeavesTheFamilyCanStillBeWritten() throws Exception {
    database.run("CREATE TABLE a (id int)", "CREATE TABLE b () INHERITS (a)");
    database.ensure("a", 1);
    database.run("ALTER TABLE b NO INHERIT a", "INSERT INTO b VALUES (1)");
    assertThat(shape("a").broken()).isTrue();

    String before = database.counts("a");
    database.ensure("a", 1);
    database.run("INSERT INTO b VALUES (2)", "TRUNCATE b");

    assertThat(database.counts("a")).isEqualTo(before);
    database.run("DROP TABLE b");
  }

  private SourceShape shape(String table) throws SQLException {
    long relid = database.relid(table);
    return requireNonNull(
        SourceShapes.of(database.service, Map.of(relid, List.of(1, 2))).get(relid));
  }
}
