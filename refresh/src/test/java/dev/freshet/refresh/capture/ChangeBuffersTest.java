package dev.freshet.refresh.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChangeBuffersTest {

  private CaptureDatabase database;
  private long t;

  @BeforeEach
  void createTable() throws SQLException {
    database = new CaptureDatabase();
    database.run("CREATE TABLE t (id int PRIMARY KEY, v text)", "CREATE TABLE idle (id int)");
    database.ensure("t", 1, 2);
    database.ensure("idle", 1);
    t = database.relid("t");
  }

  @AfterEach
  void close() {
    database.close();
  }

  private String now() throws SQLException {
    return database.value("SELECT pg_current_snapshot()");
  }

  private List<PendingChanges> pending(Reader... readers) {
    return ChangeBuffers.pending(database.service, List.of(readers));
  }

  private static PendingChanges changes(int reader, long changes, boolean deletions) {
    return new PendingChanges(reader, Set.of(1), changes, deletions, false, false);
  }

  @Test
  void eachReaderSeesWhatIsNewToIt() throws Exception {
    long idle = database.relid("idle");
    String first = now();
    database.run("INSERT INTO t VALUES (1, 'a'), (2, 'b')");
    String second = now();
    database.run("DELETE FROM t WHERE id = 1");

    assertThat(
            pending(
                new Reader(idle, first, ""),
                new Reader(t, first, ""),
                new Reader(t, second, ""),
                new Reader(t, now(), "")))
        .containsExactly(changes(1, 3, true), changes(2, 1, true));
  }

  /** A sequence or an LSN would have passed the early transaction by. */
  @Test
  void commitsInInverseOrderAreEachSeenOnce() throws Exception {
    String before = now();
    try (Connection early = database.users.connect();
        var statement = early.createStatement()) {
      early.setAutoCommit(false);
      statement.execute("INSERT INTO t VALUES (1, 'early')");
      statement.execute("SAVEPOINT s");
      statement.execute("INSERT INTO t VALUES (2, 'early')");
      database.run("INSERT INTO t VALUES (3, 'late')");

      assertThat(pending(new Reader(t, before, ""))).containsExactly(changes(0, 1, false));
      String between = now();
      early.commit();

      assertThat(pending(new Reader(t, between, ""))).containsExactly(changes(0, 2, false));
      assertThat(pending(new Reader(t, now(), ""))).isEmpty();
    }
  }

  @Test
  void whatARefreshWroteItselfIsNotNewToIt() throws Exception {
    database.run(
        "CREATE TABLE own AS SELECT pg_current_xact_id() AS xid, pg_current_snapshot() AS as_of",
        "BEGIN; UPDATE own SET xid = pg_current_xact_id(), as_of = pg_current_snapshot(); INSERT INTO t VALUES (1, 'a'); COMMIT");
    String own = database.value("SELECT xid FROM own");
    String asOf = database.value("SELECT as_of FROM own");

    assertThat(pending(new Reader(t, asOf, own))).isEmpty();
    assertThat(pending(new Reader(t, asOf, ""))).containsExactly(changes(0, 1, false));
  }

  @Test
  void truncationIsToldAndBothBuffersAreRead() throws Exception {
    String before = now();
    database.run("INSERT INTO t VALUES (1, 'a')", "SELECT freshet.rotate_buffers('t'::regclass)");
    database.run("TRUNCATE t");

    List<PendingChanges> pending = pending(new Reader(t, before, ""));
    assertThat(pending).containsExactly(new PendingChanges(0, Set.of(1), 2, false, true, false));
    assertThat(pending.getFirst().known()).isFalse();
  }

  @Test
  void snapshotOlderThanATruncateOrAnAttachIsToldSo() throws Exception {
    database.run(
        "CREATE TABLE p (id int) PARTITION BY LIST (id)",
        "CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1)",
        "CREATE TABLE p2 (id int)");
    long p = database.relid("p");
    List<Long> sources = List.of(t, p);
    database.service.query("BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT 1");
    assertThat(SourceShapes.moved(database.service, sources)).isEmpty();
    database.run("TRUNCATE t");
    assertThat(SourceShapes.moved(database.service, sources)).containsExactly(t);
    database.run("ALTER TABLE p ATTACH PARTITION p2 FOR VALUES IN (2)");
    assertThat(SourceShapes.moved(database.service, sources)).containsExactlyInAnyOrder(t, p);
    database.service.query("ROLLBACK");
    assertThat(SourceShapes.moved(database.service, sources)).isEmpty();
  }

  @Test
  void shapeTellsWhatMattersAndNothingElse() throws Exception {
    String before = shape();
    database.run(
        "ALTER TABLE t ADD COLUMN more int DEFAULT 1",
        "ALTER TABLE t RENAME v TO w",
        "VACUUM FULL t",
        "REINDEX TABLE CONCURRENTLY t",
        "INSERT INTO t VALUES (1, 'x')");
    assertThat(shape()).isEqualTo(before);

    for (String change :
        List.of(
            "ALTER TABLE t ALTER COLUMN w SET NOT NULL",
            "CREATE UNIQUE INDEX another ON t (w)",
            "ALTER TABLE t DROP CONSTRAINT t_pkey",
            "ALTER TABLE t ENABLE ROW LEVEL SECURITY",
            "CREATE TABLE child () INHERITS (t)")) {
      database.run(change);
      assertThat(shape()).as(change).isNotEqualTo(before);
      before = shape();
    }
  }

  private String shape() throws SQLException {
    return database.value(
        "SELECT split_part(freshet.source_shape('t'::regclass, '{1,2}'), ' ', 1)");
  }
}
