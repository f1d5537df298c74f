package dev.freshet.refresh.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PlainTableCaptureTest {

  private CaptureDatabase database;

  @BeforeEach
  void createTable() throws SQLException {
    database = new CaptureDatabase();
    database.run("CREATE TABLE t (id int PRIMARY KEY, v text, pad text)");
    assertThat(database.ensure("t", 1, 2)).isEqualTo(new CaptureOutcome.Installed(1));
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void everyKindOfStatementIsCapturedOnce() throws Exception {
    database.run(
        "INSERT INTO t SELECT i, 'v' || i FROM generate_series(1, 9) i",
        "UPDATE t SET v = v || 'u' WHERE id <= 2",
        "DELETE FROM t WHERE id = 3",
        "INSERT INTO t VALUES (1, 'x'), (20, 'y') ON CONFLICT (id) DO UPDATE SET v = excluded.v",
        """
        MERGE INTO t USING (VALUES (4, 'm'), (5, NULL), (30, 'n')) AS s (id, v) ON t.id = s.id
        WHEN MATCHED AND s.v IS NULL THEN DELETE
        WHEN MATCHED THEN UPDATE SET v = s.v
        WHEN NOT MATCHED THEN INSERT (id, v) VALUES (s.id, s.v)\
        """,
        "WITH gone AS (DELETE FROM t WHERE id = 6 RETURNING v) INSERT INTO t SELECT 40, v FROM gone",
        "UPDATE t SET v = v WHERE false",
        "COPY t (id) FROM PROGRAM 'seq 50 51'");

    assertThat(database.counts("t")).isEqualTo("18 × +1, 7 × -1");
    assertThat(database.difference("t", "id", "v")).isEqualTo("0");
  }

  @Test
  void whoOnlyCountsRowsIsNotToldOfUpdates() throws Exception {
    database.run("CREATE TABLE counted (id int)");
    database.ensure("counted");
    database.run(
        "INSERT INTO counted VALUES (1), (2)",
        "UPDATE counted SET id = 3",
        "DELETE FROM counted WHERE id = 3");

    assertThat(database.counts("counted")).isEqualTo("2 × +1, 2 × -1");
  }

  @Test
  void aLoneColumnOfACompositeTypeIsCaptured() throws Exception {
    database.run(
        "CREATE TYPE point2 AS (x int, y int)",
        "CREATE DOMAIN spot AS point2",
        "CREATE TABLE places (id int, at point2, spot spot)");
    for (int column : new int[] {2, 3}) {
      database.ensure("places", column);
      database.run("INSERT INTO places VALUES (1, (1, 2), (3, 4)), (2, NULL, (NULL, NULL))");
      database.run("UPDATE places SET at.x = 9, spot.x = 8 WHERE id = 1", "DELETE FROM places");
      assertThat(database.counts("places")).isEqualTo("3 × +1, 3 × -1");
    }
  }

  @Test
  void aColumnNamedLikeTheTransitionTablesIsCaptured() throws Exception {
    database.run("CREATE TABLE odd (__n int, __o text, c int, r int, n int, gap int)");
    database.ensure("odd", 1, 2, 3, 4, 5, 6);
    database.run(
        "INSERT INTO odd VALUES (1, 'a', 2, 3, 4, 5)",
        "UPDATE odd SET __n = 2, __o = 'b'",
        "INSERT INTO odd VALUES (7, 'c', 1, 1, 1, 1)",
        "DELETE FROM odd WHERE __n = 7");

    assertThat(database.difference("odd", "__n", "__o", "c", "r", "n", "gap")).isEqualTo("0");
    assertThat(database.counts("odd")).isEqualTo("3 × +1, 2 × -1");
  }

  @Test
  void truncationIsMarked() throws Exception {
    database.run("INSERT INTO t VALUES (1, 'a')", "TRUNCATE t", "INSERT INTO t VALUES (1, 'b')");

    assertThat(database.counts("t")).isEqualTo("2 × +1, 1 × t");
  }

  @Test
  void cascadesAreCaptured() throws Exception {
    database.run(
        "CREATE TABLE child (id int, t int REFERENCES t ON DELETE CASCADE ON UPDATE CASCADE)",
        "INSERT INTO t VALUES (1, 'a'), (2, 'b')");
    database.ensure("child", 1, 2);
    database.run(
        "INSERT INTO child SELECT i, 1 + i % 2 FROM generate_series(1, 10) i",
        "UPDATE t SET id = 3 WHERE id = 1", "DELETE FROM t WHERE id = 2");

    assertThat(database.counts("child")).isEqualTo("15 × +1, 10 × -1");
    assertThat(database.difference("child", "id", "t")).isEqualTo("0");
  }

  @Test
  void onlyWhatCommitsIsThere() throws Exception {
    String gid = "capture" + database.users.name();
    try (Connection user = database.users.connect();
        var statement = user.createStatement()) {
      user.setAutoCommit(false);
      statement.execute("INSERT INTO t VALUES (1, 'kept')");
      statement.execute("SAVEPOINT s");
      statement.execute("INSERT INTO t VALUES (2, 'undone')");
      statement.execute("ROLLBACK TO SAVEPOINT s");
      statement.execute("INSERT INTO t VALUES (3, 'kept')");
      statement.execute("PREPARE TRANSACTION '" + gid + "'");
    }
    assertThat(database.counts("t")).isEqualTo("nothing");

    database.run("COMMIT PREPARED '" + gid + "'");

    assertThat(database.counts("t")).isEqualTo("2 × +1");
    assertThat(database.difference("t", "id", "v")).isEqualTo("0");
  }

  @Test
  void renamingAndDroppingColumnsStopsNoWriter() throws Exception {
    try (Connection user = database.users.connect();
        var statement = user.createStatement()) {
      for (int i = 1; i <= 10; i++) {
        statement.execute("INSERT INTO t (id) VALUES (" + i + ")");
      }
      statement.execute("ALTER TABLE t RENAME v TO \"select\"");
      statement.execute("INSERT INTO t VALUES (11, 'after the rename')");
      statement.execute("ALTER TABLE t DROP COLUMN pad, ADD COLUMN another int DEFAULT 7");
      statement.execute("UPDATE t SET another = 8, \"select\" = 'x' WHERE id < 4");
      statement.execute("ALTER TABLE t RENAME TO renamed");
      statement.execute("DELETE FROM renamed WHERE id = 1");
    }

    assertThat(database.difference("renamed", "id", "\"select\"")).isEqualTo("0");
  }

  @Test
  void capturedColumnDroppedWithCascadeLeavesGapsAndNoErrors() throws Exception {
    try (Connection user = database.users.connect();
        var statement = user.createStatement()) {
      statement.execute("INSERT INTO t VALUES (1, 'a')");
      statement.execute("ALTER TABLE t DROP COLUMN v CASCADE");
      statement.execute("INSERT INTO t VALUES (2), (3)");
      user.setAutoCommit(false);
      statement.execute("DELETE FROM t WHERE id = 1");
      statement.execute("DELETE FROM t WHERE id = 2");
      user.commit();
    }

    assertThat(database.counts("t")).isEqualTo("1 × +1, 2 × g");
    assertThat(database.ensure("t", 1)).isEqualTo(new CaptureOutcome.Installed(2));
  }

  @Test
  void writersNeedNoRightsOnOurSchemas() throws Exception {
    String role = "writer" + database.users.name();
    database.run(
        "CREATE ROLE " + role + " LOGIN", "GRANT INSERT, SELECT, UPDATE, DELETE ON t TO " + role);
    database
        .users
        .as(role)
        .run(
            "SET search_path = ''",
            "INSERT INTO public.t VALUES (1, 'a')",
            "UPDATE public.t SET v = 'b'");

    assertThat(database.difference("t", "id", "v")).isEqualTo("0");
    assertThat(database.counts("t")).isEqualTo("2 × +1, 1 × -1");
  }

  @Test
  void randomChangesAddUpToTheTable() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    String[] kinds = {
      "INSERT INTO t SELECT i, 'n' || i FROM generate_series(%1$d, %1$d + 5) i ON CONFLICT (id) DO UPDATE SET v = t.v || 'c'",
      "UPDATE t SET v = CASE WHEN id %% 3 = 0 THEN NULL ELSE v || 'u' END WHERE id %% 7 = %2$d",
      "DELETE FROM t WHERE id %% 11 = %2$d",
      "MERGE INTO t USING generate_series(%1$d, %1$d + 9) AS s (id) ON t.id = s.id WHEN MATCHED AND s.id %% 2 = 0 THEN DELETE WHEN MATCHED THEN UPDATE SET v = 'm' WHEN NOT MATCHED THEN INSERT VALUES (s.id, 'new')",
      "UPDATE t SET pad = 'p' WHERE id > %1$d",
    };
    try (Connection user = database.users.connect();
        var statement = user.createStatement()) {
      for (int i = 0; i < 200; i++) {
        statement.execute(
            kinds[random.nextInt(kinds.length)].formatted(random.nextInt(100), random.nextInt(7)));
        if (i == 100) {
          database.service.query("SELECT freshet.rotate_buffers('t'::regclass)");
        }
      }
    }

    assertThat(database.difference("t", "id", "v")).as("seed %d", seed).isEqualTo("0");
  }
}
