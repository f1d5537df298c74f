package dev.freshet.catalog.surface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.catalog.testing.InstalledDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UninstallTest {

  private static final String OURS =
      """
      SELECT (SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'freshet%')
           + (SELECT count(*) FROM pg_publication)
           + (SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal)
           + (SELECT count(*) FROM pg_class WHERE relnamespace = 'shop'::regnamespace AND relname = 'regions')
      """;

  private InstalledDatabase database;
  private SchemaInstaller installer;

  @BeforeEach
  void install() throws SQLException {
    database = InstalledDatabase.create();
    installer = new SchemaInstaller(database.serviceUrl());
    database
        .user()
        .run(
            "CREATE TABLE shop.orders (id int PRIMARY KEY, region text)",
            "SELECT freshet.create_stream_table('shop.regions', 'SELECT region FROM shop.orders')",
            "GRANT TRIGGER ON shop.orders TO " + database.service().user());
    database.admin().run("SELECT freshet.stream_table_to_publication('shop.regions')");
    database
        .service()
        .run(
            "CREATE FUNCTION freshet_buffer.capture_test() RETURNS trigger LANGUAGE plpgsql"
                + " AS 'BEGIN RETURN NULL; END'",
            "CREATE TRIGGER freshet AFTER INSERT ON shop.orders"
                + " FOR EACH STATEMENT EXECUTE FUNCTION freshet_buffer.capture_test()");
    // From now on the service does not own, and has no right on, the table that its trigger is on.
    database.admin().run("ALTER TABLE shop.orders OWNER TO postgres");
    database.admin().run("GRANT ALL ON shop.orders TO " + database.user().user());
  }

  @Test
  void nothingOfOursIsLeftAndNothingOfOthersGone() throws SQLException {
    installer.uninstall(StreamTables.DROP);

    assertThat(database.admin().value(OURS)).isEqualTo("0");
    database.user().run("INSERT INTO shop.orders VALUES (1, 'Oslo')");
    assertThat(installer.installedVersion()).isEmpty();
    installer.install();
  }

  @Test
  void keptStreamTablesArePlainTables() throws SQLException {
    installer.uninstall(StreamTables.KEEP);

    database.user().run("INSERT INTO shop.regions VALUES ('Oslo')");
    assertThat(database.user().value("SELECT region FROM shop.regions")).isEqualTo("Oslo");
    assertThat(database.user().value("SELECT count(*) FROM pg_publication")).isEqualTo("0");
    assertThat(
            database.user().value("SELECT obj_description('shop.regions'::regclass, 'pg_class')"))
        .isEqualTo("null");
  }

  @Test
  void objectsOfOthersThatDependAreNamedAndNothingGoes() throws SQLException {
    database
        .user()
        .run(
            "CREATE VIEW shop.report AS SELECT count(*) FROM shop.regions",
            "CREATE VIEW shop.overview AS SELECT pgt_name FROM freshet.pgt_stream_tables");

    assertThatThrownBy(() -> installer.uninstall(StreamTables.DROP))
        .isInstanceOfSatisfying(
            InstallationException.class,
            refusal -> assertThat(refusal.error()).isEqualTo(InstallationError.STILL_NEEDED))
        .hasMessage(
            "other objects depend on what would be dropped: view shop.overview, view shop.report");
    assertThatThrownBy(() -> installer.uninstall(StreamTables.KEEP))
        .hasMessage("other objects depend on what would be dropped: view shop.overview");
    assertThat(installer.installedVersion()).isPresent();
    assertThat(database.user().value("SELECT count(*) FROM shop.report")).isEqualTo("1");
  }

  @Test
  void runningServiceIsNotPulledAway() throws SQLException {
    try (Connection service = database.service().connect();
        var statement = service.createStatement()) {
      statement.execute("SELECT pg_advisory_lock(1718775923, 0)");

      assertThatThrownBy(() -> installer.uninstall(StreamTables.DROP))
          .isInstanceOfSatisfying(
              InstallationException.class,
              refusal -> assertThat(refusal.error()).isEqualTo(InstallationError.SERVICE_RUNNING));
    }
  }

  @Test
  void databaseWithoutFreshetIsToldApart() throws SQLException {
    InstalledDatabase empty = InstalledDatabase.prepare();

    assertThatThrownBy(() -> new SchemaInstaller(empty.serviceUrl()).uninstall(StreamTables.DROP))
        .isInstanceOfSatisfying(
            InstallationException.class,
            refusal -> assertThat(refusal.error()).isEqualTo(InstallationError.NOT_INSTALLED));
  }
}
