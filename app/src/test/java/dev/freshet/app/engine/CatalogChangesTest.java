package dev.freshet.app.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CatalogChangesTest {

  private RunningEngine engine;

  @BeforeEach
  void start() throws SQLException {
    engine = RunningEngine.create();
    engine.run(
        "SET search_path = shop",
        "CREATE TABLE t (id int PRIMARY KEY, x int)",
        "INSERT INTO t VALUES (1, 1)",
        "CREATE VIEW v AS SELECT id, x FROM t",
        "SELECT freshet.create_stream_table('s', 'SELECT id, x FROM v', '100ms')");
    engine.await("s");
  }

  @AfterEach
  void stop() {
    engine.close();
  }

  @Test
  void aStreamTableRenamedAndMovedIsFollowed() throws SQLException {
    String user = engine.database().user().user();
    engine.database().admin().run("CREATE SCHEMA other AUTHORIZATION " + user);
    engine.run(
        "ALTER TABLE shop.s RENAME TO renamed",
        "ALTER TABLE shop.renamed SET SCHEMA other",
        "INSERT INTO shop.t VALUES (2, 2)");

    engine.awaitSeen("SELECT * FROM other.renamed ORDER BY 1", "1 | 1\n2 | 2");
    engine.awaitSeen("SELECT pgt_schema, pgt_name FROM freshet.definition", "other | renamed");
    assertThat(engine.failures()).isEqualTo("0");
  }

  @Test
  void aStreamTableDroppedAsATableIsForgotten() throws SQLException {
    engine.run("DROP TABLE shop.s");

    engine.awaitSeen("SELECT count(*) FROM freshet.definition", "0");
    engine.awaitSeen(
        "SELECT count(*) FROM pg_class WHERE relnamespace = 'freshet_def'::regnamespace", "0");
  }

  @Test
  void aSourceColumnRenamedIsFollowed() throws SQLException {
    engine.run("ALTER TABLE shop.t RENAME COLUMN x TO y", "INSERT INTO shop.t VALUES (2, 2)");

    engine.awaitSeen("SELECT * FROM shop.s ORDER BY 1", "1 | 1\n2 | 2");
    assertThat(engine.verify("s")).isEqualTo("0 | 0");
  }

  /** Inner relations are named after what they are computed from. */
  @Test
  void aRenameIsFollowedWhereInnerRelationsAreKept() throws SQLException {
    String user = engine.database().user().user();
    engine.run(
        "SET search_path = shop",
        "SELECT freshet.create_stream_table('nested',"
            + " 'SELECT count(*) AS n, sum(m) AS m FROM (SELECT x, max(id) AS m FROM t GROUP BY x) g', '100ms')");
    engine.await("nested");
    engine.database().admin().run("CREATE SCHEMA other AUTHORIZATION " + user);
    String row = "SELECT n, m FROM shop.nested";

    engine.run("ALTER TABLE shop.t RENAME COLUMN x TO y", "INSERT INTO shop.t VALUES (2, 2)");
    engine.awaitSeen(row, "2 | 3");
    engine.run("ALTER TABLE shop.t RENAME TO u", "INSERT INTO shop.u VALUES (3, 2)");
    engine.awaitSeen(row, "2 | 4");
    engine.run("ALTER TABLE shop.u SET SCHEMA other", "INSERT INTO other.u VALUES (4, 4)");
    engine.awaitSeen(row, "3 | 8");
    engine.run("DELETE FROM other.u WHERE id = 3");
    engine.awaitSeen(row, "3 | 7");

    assertThat(engine.verify("nested")).isEqualTo("0 | 0");
    assertThat(engine.failures()).isEqualTo("0");
  }

  /** PostgreSQL 17 and later; earlier, the column is dropped and added, which a view forbids. */
  @Test
  void anotherGenerationExpressionIsFollowed() throws SQLException {
    boolean changes = Integer.parseInt(engine.seen("SHOW server_version_num")) >= 170000;
    engine.run(
        "SET search_path = shop",
        "CREATE TABLE g (id int PRIMARY KEY, double int GENERATED ALWAYS AS (id * 2) STORED)",
        "INSERT INTO g (id) VALUES (1), (2)",
        "SELECT freshet.create_stream_table('doubled', 'SELECT sum(double) AS n, max(double) AS m FROM g', '100ms')");
    engine.await("doubled");
    engine.run(
        changes ? "ALTER TABLE shop.g ALTER COLUMN double SET EXPRESSION AS (id * 20)" : "SELECT 1",
        "INSERT INTO shop.g (id) VALUES (3)");

    engine.awaitSeen("SELECT * FROM shop.doubled", changes ? "120 | 60" : "12 | 6");
    assertThat(engine.verify("doubled")).isEqualTo("0 | 0");
    assertThat(engine.failures()).isEqualTo("0");
  }

  @Test
  void aFieldOfACompositeRenamedIsFollowed() throws SQLException {
    engine.run(
        "SET search_path = shop",
        "CREATE TYPE place AS (city text, street text)",
        "CREATE TABLE visit (id int, at place)",
        "SELECT freshet.create_stream_table('visited', 'SELECT id, (at).city AS city FROM visit', '100ms')");
    engine.await("visited");
    engine.run("INSERT INTO visit VALUES (1, ('Oslo', 'a'))");
    engine.awaitSeen("SELECT * FROM shop.visited", "1 | Oslo");
    engine.run(
        "ALTER TYPE shop.place RENAME ATTRIBUTE city TO town",
        "INSERT INTO visit VALUES (2, ('Rome', 'b'))");

    engine.awaitSeen("SELECT * FROM shop.visited ORDER BY 1", "1 | Oslo\n2 | Rome");
    assertThat(
            engine.seen(
                "SELECT effective_mode FROM freshet.condition JOIN freshet.definition USING (pgt_id) WHERE relid = 'shop.visited'::regclass"))
        .isEqualTo("DIFFERENTIAL");
    assertThat(engine.failures()).isEqualTo("0");
  }

  @Test
  void aColumnOfAStreamTableRenamedIsFollowed() throws SQLException {
    engine.run("ALTER TABLE shop.s RENAME COLUMN x TO shown", "INSERT INTO shop.t VALUES (2, 2)");

    engine.awaitSeen("SELECT id, shown FROM shop.s ORDER BY 1", "1 | 1\n2 | 2");
    assertThat(engine.verify("s")).isEqualTo("0 | 0");
    engine.run("TRUNCATE shop.t", "INSERT INTO shop.t VALUES (3, 3)");
    engine.awaitSeen("SELECT id, shown FROM shop.s ORDER BY 1", "3 | 3");
    assertThat(engine.failures()).isEqualTo("0");
  }

  @Test
  void aColumnOfAStreamTableDroppedIsSaid() throws SQLException {
    engine.run("ALTER TABLE shop.s DROP COLUMN x", "INSERT INTO shop.t VALUES (2, 2)");

    engine.awaitSeen(
        "SELECT status, last_error_code, last_error FROM freshet.condition",
        "ERROR | 42P16 | somebody altered shop.s: its columns are (id int4),"
            + " those of its query are (id int4, x int4)");
    assertThat(Integer.parseInt(engine.failures())).isLessThanOrEqualTo(3);
    engine.run(
        "SET search_path = shop",
        "ALTER TABLE s ADD COLUMN x int",
        "SELECT freshet.repair_stream_table('s')");
    engine.awaitSeen("SELECT id, x FROM shop.s ORDER BY 1", "1 | 1\n2 | 2");
    assertThat(engine.verify("s")).isEqualTo("0 | 0");
  }

  @Test
  void aSourceReplacedByAnotherOfItsNameIsNotTakenForIt() throws SQLException {
    engine.run(
        "ALTER TABLE shop.t RENAME TO old",
        "CREATE TABLE shop.t (id int PRIMARY KEY, x int)",
        "INSERT INTO shop.t VALUES (7, 7)",
        "INSERT INTO shop.old VALUES (2, 2)");

    engine.awaitSeen("SELECT * FROM shop.s ORDER BY 1", "1 | 1\n2 | 2");
    assertThat(engine.verify("s")).isEqualTo("0 | 0");
  }

  @Test
  void aViewReplacedMeansTheWholeQueryAnew() throws SQLException {
    engine.run(
        "CREATE OR REPLACE VIEW shop.v AS SELECT id, x * 10 AS x FROM shop.t",
        "INSERT INTO shop.t VALUES (2, 2)");

    engine.awaitSeen("SELECT * FROM shop.s ORDER BY 1", "1 | 10\n2 | 20");
  }

  @Test
  void aSourceTruncatedMeansTheWholeQueryAnew() throws SQLException {
    engine.run("TRUNCATE shop.t");

    engine.awaitSeen("SELECT count(*) FROM shop.s", "0");
    assertThat(
            engine.seen(
                "SELECT action, refresh_reason FROM freshet.refresh_history ORDER BY refresh_id DESC LIMIT 1"))
        .isEqualTo("FULL | truncated");
  }

  @Test
  void captureDisabledBehindOurBackIsMadeWhole() throws SQLException {
    engine.run("ALTER TABLE shop.t DISABLE TRIGGER USER", "INSERT INTO shop.t VALUES (2, 2)");

    engine.refresh("s");

    assertThat(engine.rows("SELECT * FROM s ORDER BY 1")).isEqualTo("1 | 1\n2 | 2");
    engine.run("INSERT INTO shop.t VALUES (3, 3)");
    engine.awaitSeen("SELECT count(*) FROM shop.s", "3");
  }

  @Test
  void aSourceDroppedWithCascadeLeavesTheRowsAndSaysSo() throws SQLException {
    engine.run("DROP TABLE shop.t CASCADE");

    engine.awaitSeen(
        "SELECT status, is_populated, last_error_code, retry_at FROM freshet.condition",
        "ERROR | t | 42P01 | null");
    assertThat(engine.rows("SELECT * FROM s")).isEqualTo("1 | 1");
    engine.run(
        "SET search_path = shop",
        "CREATE TABLE t (id int PRIMARY KEY, x int)",
        "INSERT INTO t VALUES (9, 9)",
        "CREATE VIEW v AS SELECT id, x FROM t",
        "SELECT freshet.repair_stream_table('s')");
    engine.awaitSeen("SELECT * FROM shop.s", "9 | 9");
  }

  @Test
  void aReleasedSourceIsReadAgainAfterItsMigration() throws SQLException {
    engine.run(
        "BEGIN",
        "SELECT freshet.release_source('shop.t')",
        "DROP VIEW shop.v",
        "ALTER TABLE shop.t ALTER COLUMN x TYPE bigint",
        "CREATE VIEW shop.v AS SELECT id, x FROM shop.t",
        "COMMIT",
        "INSERT INTO shop.t VALUES (2, 3000000000)");

    engine.awaitSeen("SELECT * FROM shop.s ORDER BY 1", "1 | 1\n2 | 3000000000");
    assertThat(engine.verify("s")).isEqualTo("0 | 0");
  }
}
