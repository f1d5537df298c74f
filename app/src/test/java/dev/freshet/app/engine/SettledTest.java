package dev.freshet.app.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A refresh does not look again at what has not changed; what has, it must not overlook. */
class SettledTest {

  private RunningEngine engine;

  @BeforeEach
  void settle() throws SQLException {
    engine = RunningEngine.create();
    engine.run(
        "SET search_path = shop",
        "CREATE TABLE t (id int PRIMARY KEY, x int) PARTITION BY RANGE (id)",
        "CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (100)",
        "CREATE TABLE t2 (id int NOT NULL, x int)",
        "INSERT INTO t2 VALUES (150, 3)",
        "CREATE TABLE u (id int PRIMARY KEY, y int)",
        "INSERT INTO t VALUES (1, 1)",
        "INSERT INTO u VALUES (1, 10)",
        """
        SELECT freshet.create_stream_table('s', 'SELECT t.id, t.x, u.y FROM t JOIN u ON u.id = t.x', '1h'),
               freshet.create_stream_table('n', 'SELECT y, count(*) AS n FROM s GROUP BY y', '1h')\
        """);
    engine.await("n");
    for (int id = 2; id < 6; id++) {
      engine.run("INSERT INTO shop.t VALUES (%d, 1)".formatted(id));
      engine.refresh("n");
    }
  }

  @AfterEach
  void stop() {
    engine.close();
  }

  private void requireExact() throws SQLException {
    engine.refresh("n");
    assertThat(engine.verify("s")).isEqualTo("0 | 0");
    assertThat(engine.verify("n")).isEqualTo("0 | 0");
  }

  @Test
  void namesThatChangeAreFollowed() throws SQLException {
    engine.run(
        "ALTER TABLE shop.u RENAME TO v",
        "ALTER TABLE shop.v RENAME y TO z",
        "ALTER TABLE shop.s RENAME x TO xx",
        "ALTER TABLE shop.n RENAME TO m",
        "UPDATE shop.v SET z = 11");

    engine.refresh("m");

    assertThat(engine.rows("SELECT * FROM m")).isEqualTo("11 | 5");
    assertThat(engine.verify("m")).isEqualTo("0 | 0");
    assertThat(engine.failures()).isEqualTo("0");
  }

  @Test
  void aSchemaRenamedIsFollowed() throws SQLException {
    engine.database().admin().run("ALTER SCHEMA shop RENAME TO store", "UPDATE store.u SET y = 12");

    engine.run("CALL freshet.refresh_stream_table('store.n')");

    assertThat(engine.seen("SELECT * FROM store.n")).isEqualTo("12 | 5");
  }

  @Test
  void aPartitionAttachedIsCounted() throws SQLException {
    engine.run(
        "INSERT INTO shop.u VALUES (3, 30)",
        "ALTER TABLE shop.t ATTACH PARTITION shop.t2 FOR VALUES FROM (100) TO (200)");

    requireExact();

    assertThat(engine.rows("SELECT * FROM n ORDER BY y")).isEqualTo("10 | 5\n30 | 1");
  }

  @Test
  void aPartitionAttachedWhileNothingElseHappensIsCountedWhenItIsDue() throws SQLException {
    engine.run(
        "SET search_path = shop",
        "SELECT freshet.create_stream_table('soon', 'SELECT id, x FROM t WHERE id > 100', '100ms')");
    engine.await("soon");

    engine.run("ALTER TABLE shop.t ATTACH PARTITION shop.t2 FOR VALUES FROM (100) TO (200)");
    engine.awaitSeen("SELECT id, x FROM shop.soon", "150 | 3");

    engine.run("ALTER TABLE shop.t DETACH PARTITION shop.t2");
    engine.awaitSeen("SELECT count(*) FROM shop.soon", "0");
    assertThat(engine.verify("soon")).isEqualTo("0 | 0");
  }

  @Test
  void whatIsWrittenToAPartitionThatComesAndGoesIsNotCounted() throws SQLException {
    engine.run(
        "INSERT INTO shop.u VALUES (3, 30)",
        "ALTER TABLE shop.t ATTACH PARTITION shop.t2 FOR VALUES FROM (100) TO (200)",
        "INSERT INTO shop.t VALUES (160, 1)",
        "UPDATE shop.t SET x = 1 WHERE id = 150",
        "ALTER TABLE shop.t DETACH PARTITION shop.t2");

    requireExact();

    assertThat(engine.rows("SELECT * FROM n")).isEqualTo("10 | 5");
  }

  @Test
  void whoeverOwnsAPartitionedTableGoesOnAddingPartitions() throws SQLException {
    String other = engine.database().user().user() + "_too";
    engine
        .database()
        .admin()
        .run(
            "CREATE ROLE " + other,
            "GRANT %s TO %s".formatted(other, engine.database().service().user()),
            "GRANT USAGE, CREATE ON SCHEMA shop TO " + other,
            "ALTER TABLE shop.t OWNER TO " + other,
            "ALTER TABLE shop.t1 OWNER TO " + other);
    engine.refresh("n");
    engine.awaitSeen(
        "SELECT bool_and(has_function_privilege('%s', oid, 'EXECUTE')) FROM pg_proc WHERE proname = 'capture_' || 'shop.t'::regclass::oid"
            .formatted(other),
        "t");

    engine
        .database()
        .admin()
        .run(
            "SET ROLE %s; CREATE TABLE shop.t3 PARTITION OF shop.t FOR VALUES FROM (200) TO (300); INSERT INTO shop.t VALUES (200, 1)"
                .formatted(other));

    requireExact();
    assertThat(engine.rows("SELECT * FROM n")).isEqualTo("10 | 6");
  }

  @Test
  void whatPassesDisabledTriggersIsCounted() throws SQLException {
    engine.run(
        "ALTER TABLE shop.u DISABLE TRIGGER USER",
        "UPDATE shop.u SET y = 13",
        "ALTER TABLE shop.u ENABLE TRIGGER USER");

    requireExact();

    assertThat(engine.rows("SELECT * FROM n")).isEqualTo("13 | 5");
  }

  @Test
  void aKeyThatIsDroppedIsNotReliedOn() throws SQLException {
    engine.run(
        "ALTER TABLE shop.u DROP CONSTRAINT u_pkey", "INSERT INTO shop.u VALUES (1, 10), (1, 14)");

    requireExact();

    assertThat(engine.rows("SELECT * FROM n ORDER BY y")).isEqualTo("10 | 10\n14 | 5");
  }

  @Test
  void anotherOnesTriggerOnAStreamTableStopsItsRefreshes() throws SQLException {
    engine.run(
        """
        CREATE FUNCTION shop.mine() RETURNS trigger LANGUAGE plpgsql AS
        'BEGIN CREATE TABLE IF NOT EXISTS shop.stolen (); RETURN NEW; END'\
        """,
        "CREATE TRIGGER mine BEFORE INSERT OR UPDATE ON shop.n FOR EACH ROW EXECUTE FUNCTION shop.mine()",
        "UPDATE shop.u SET y = 15");

    assertThatThrownBy(() -> engine.refresh("n"))
        .hasMessageContaining("would run with the rights of the service");

    assertThat(engine.seen("SELECT to_regclass('shop.stolen')")).isEqualTo("null");
    engine.run("DROP TRIGGER mine ON shop.n");
    requireExact();
    assertThat(engine.rows("SELECT * FROM n")).isEqualTo("15 | 5");
  }

  @Test
  void aTruncatedSourceAndARewrittenOneAreRead() throws SQLException {
    engine.run(
        "BEGIN",
        "TRUNCATE shop.t1",
        "INSERT INTO shop.t VALUES (50, 1)",
        "COMMIT",
        "ALTER TABLE shop.u ADD COLUMN stamp timestamptz DEFAULT clock_timestamp()",
        "UPDATE shop.u SET y = 16");

    requireExact();

    assertThat(engine.rows("SELECT * FROM n")).isEqualTo("16 | 1");
  }
}
