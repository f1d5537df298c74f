package dev.freshet.refresh.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.catalog.database.Database;
import dev.freshet.catalog.database.DatabaseUrl;
import dev.freshet.catalog.database.Session;
import dev.freshet.catalog.testing.PostgresServer;
import dev.freshet.catalog.testing.TestDatabase;
import io.vertx.core.Vertx;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class WorkerSessionsTest {

  /** Whatever the database's owner has set for everybody. */
  @Test
  void aRefreshRunsUnderSettingsOfItsOwn() throws SQLException {
    TestDatabase database = PostgresServer.createDatabase();
    for (String setting :
        new String[] {
          "jit = on",
          "row_security = on",
          "plan_cache_mode = force_custom_plan",
          "search_path = public",
          "default_transaction_isolation = serializable",
          "idle_in_transaction_session_timeout = '1s'",
          "lock_timeout = '1ms'",
          "random_page_cost = 2.5",
          "default_transaction_read_only = on"
        }) {
      database.run("ALTER DATABASE %s SET %s".formatted(database.name(), setting));
    }
    Vertx vertx = Vertx.vertx();
    try (Session session = new Database(vertx, new DatabaseUrl(database.url())).open("test")) {
      WorkerSessions.configure(session, WorkerSettings.defaults());

      assertThat(
              session
                  .query(
                      """
                      SELECT string_agg(name || '=' || setting, ' ' ORDER BY name) FROM pg_settings
                      WHERE name IN ('jit', 'row_security', 'plan_cache_mode', 'search_path', 'default_transaction_isolation',
                        'default_transaction_read_only', 'idle_in_transaction_session_timeout', 'lock_timeout', 'random_page_cost')\
                      """)
                  .iterator()
                  .next()
                  .getString(0))
          .isEqualTo(
              "default_transaction_isolation=read committed default_transaction_read_only=off idle_in_transaction_session_timeout=0"
                  + " jit=off lock_timeout=1000 plan_cache_mode=force_generic_plan random_page_cost=2.5 row_security=off search_path=pg_catalog");
    } finally {
      vertx.close();
    }
  }
}
