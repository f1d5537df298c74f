package dev.freshet.app.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.app.testing.Eventually;
import dev.freshet.catalog.testing.InstalledDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class LeaseTest {

  /** Of an instance that does not exist, and so is taken for dead three seconds later. */
  private static final String TAKE_AWAY =
      "UPDATE freshet.lease SET epoch = epoch + 1, holder = 'another', heartbeat_at = clock_timestamp() RETURNING epoch";

  @Test
  void whoseLeaseWasTakenWritesNothingUntilItHasItAgain() throws Exception {
    try (RunningEngine engine = RunningEngine.create()) {
      engine.run(
          "SET search_path = shop",
          "CREATE TABLE t (id int)",
          "SELECT freshet.create_stream_table('s', 'SELECT count(*) AS n FROM t', '100ms')");
      engine.await("s");
      engine.run("INSERT INTO shop.t VALUES (1)");
      engine.awaitSeen("SELECT n FROM shop.s", "1");
      String outcomes = engine.seen("SELECT max(event_id) FROM freshet.event");

      long taken = Long.parseLong(engine.seen(TAKE_AWAY));
      engine.run("INSERT INTO shop.t VALUES (2)");
      Eventually.see(engine::isLeading, leads -> !leads);

      assertThat(engine.seen("SELECT max(event_id) FROM freshet.event")).isEqualTo(outcomes);
      assertThat(engine.seen("SELECT n FROM shop.s")).isEqualTo("1");
      engine.awaitSeen("SELECT n FROM shop.s", "2");
      assertThat(engine.seen("SELECT epoch FROM freshet.lease"))
          .isEqualTo(Long.toString(taken + 1));
      assertThat(engine.verify("s")).isEqualTo("0 | 0");
      assertThat(engine.failures()).isEqualTo("0");
    }
  }

  @Test
  void noEpochBeginsWhileATransactionOfTheLastOneIsOpen() throws SQLException {
    InstalledDatabase database = InstalledDatabase.create();
    try (Connection old = database.service().connect();
        Statement refresh = old.createStatement()) {
      old.setAutoCommit(false);
      refresh.execute("LOCK TABLE freshet.lease IN ROW SHARE MODE");
      refresh.execute("SELECT freshet.require_lease(0)");

      assertThatThrownBy(() ->
              database.service().run("BEGIN", "LOCK TABLE freshet.lease IN EXCLUSIVE MODE NOWAIT"))
          .hasMessageContaining("could not obtain lock");
      // Its heart beats meanwhile.
      assertThat(database.service().value("SELECT state FROM freshet.beat(0, '[]')"))
          .isEqualTo("lost");
    }
    assertThatThrownBy(() -> database.service().run("SELECT freshet.require_lease(1)"))
        .isInstanceOfSatisfying(
            SQLException.class, refused -> assertThat(refused.getSQLState()).isEqualTo("FR004"));
  }

  @Test
  void onlyOneOfTwoCandidatesTakesWhatBothHaveSeen() throws SQLException {
    InstalledDatabase database = InstalledDatabase.create();

    assertThat(database.service().value("SELECT epoch FROM freshet.take_lease(0, 'one')"))
        .isEqualTo("1");
    assertThat(database.service().value("SELECT epoch FROM freshet.take_lease(0, 'two')"))
        .isEqualTo("null");
    assertThat(database.service().value("SELECT epoch FROM freshet.take_lease(1, 'two')"))
        .isEqualTo("null");
    database.service().run("UPDATE freshet.lease SET heartbeat_at = heartbeat_at - interval '3 s'");
    assertThat(database.service().value("SELECT epoch FROM freshet.take_lease(1, 'two')"))
        .isEqualTo("2");
    // The clock of the server was set back.
    database.service().run("UPDATE freshet.lease SET heartbeat_at = heartbeat_at + interval '1 h'");
    assertThat(database.service().value("SELECT epoch FROM freshet.take_lease(2, 'one')"))
        .isEqualTo("3");
  }

  @Test
  void heartbeatsTakeNoMoreThanAPage() throws SQLException {
    InstalledDatabase database = InstalledDatabase.create();
    try (Connection service = database.service().connect();
        Statement beat = service.createStatement()) {
      beat.execute("SELECT freshet.take_lease(0, 'one')");
      for (int i = 0; i < 3000; i++) {
        beat.execute(
            "SELECT freshet.beat(1, '[[1, 1764240000000, \"scheduled\", \"SCHEDULER\"]]')");
      }
      beat.execute("SELECT pg_stat_force_next_flush()");
    }
    assertThat(
            database
                .admin()
                .value(
                    """
                    SELECT concat_ws(' ', pg_relation_size('freshet.lease'), pg_relation_size('freshet.lease_pkey'),
                                     n_tup_upd, n_tup_hot_upd)
                    FROM pg_stat_user_tables WHERE relid = 'freshet.lease'::regclass\
                    """))
        .isEqualTo("8192 16384 3001 3001");
  }
}
