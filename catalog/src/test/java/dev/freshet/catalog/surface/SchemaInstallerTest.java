package dev.freshet.catalog.surface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.catalog.database.DatabaseUrl;
import dev.freshet.catalog.testing.InstalledDatabase;
import dev.freshet.catalog.testing.PostgresServer;
import dev.freshet.catalog.testing.TestDatabase;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SchemaInstallerTest {

  private InstalledDatabase database;
  private SchemaInstaller installer;

  @BeforeEach
  void prepare() throws SQLException {
    database = InstalledDatabase.prepare();
    installer = new SchemaInstaller(database.serviceUrl());
  }

  @Test
  void anOrdinaryRoleInstalls() throws SQLException {
    Installation installation = installer.install();

    assertThat(installation.version()).isEqualTo(System.getProperty("maven.project.version"));
    assertThat(installation.serviceRole()).isEqualTo(database.service().user());
    assertThat(installation.adopted()).isFalse();
    assertThat(database.user().value("SELECT freshet.version()"))
        .isEqualTo(FreshetVersion.current());
    assertThat(
            database
                .service()
                .value(
                    "SELECT service_role FROM freshet.installation i, "
                        + "pg_control_system() c WHERE i.system_identifier = c.system_identifier"))
        .isEqualTo(database.service().user());
    assertThat(installer.installedVersion()).contains(FreshetVersion.current());
  }

  @Test
  void installingAgainChangesNothing() {
    assertThat(installer.installedVersion()).isEmpty();
    assertThat(installer.install().migrations()).isPositive();
    assertThat(installer.install().migrations()).isZero();
  }

  @Test
  void versionIsWrittenAnewWhenItChanges() throws SQLException {
    installer.install();
    database
        .service()
        .run("UPDATE freshet.schema_history SET checksum = 0 WHERE script = 'R__version.sql'");
    database
        .service()
        .run("CREATE OR REPLACE FUNCTION freshet.version() RETURNS text LANGUAGE sql RETURN '0.1'");

    assertThat(installer.install().migrations()).isEqualTo(1);
    assertThat(installer.installedVersion()).contains(FreshetVersion.current());
  }

  @Test
  void roleWithoutCreateIsToldWhatToGrant() throws SQLException {
    DatabaseUrl url = new DatabaseUrl(database.user().url());

    assertThatThrownBy(() -> new SchemaInstaller(url).install())
        .isInstanceOfSatisfying(
            InstallationException.class,
            refusal -> {
              assertThat(refusal.error()).isEqualTo(InstallationError.MAY_NOT_CREATE_SCHEMA);
              assertThat(refusal.hint())
                  .isEqualTo(
                      "As its owner: GRANT CREATE ON DATABASE \"%s\" TO \"%s\""
                          .formatted(database.user().name(), database.user().user()));
            });
  }

  @Test
  void roleWithoutCreateInstallsInSchemasMadeForIt() throws SQLException {
    String role = database.user().user();
    for (String schema : SchemaInstaller.SCHEMAS) {
      database.admin().run("CREATE SCHEMA %s AUTHORIZATION %s".formatted(schema, role));
    }

    assertThat(new SchemaInstaller(new DatabaseUrl(database.user().url())).install().serviceRole())
        .isEqualTo(role);
  }

  @Test
  void foreignSchemaOfThatNameIsLeftAlone() throws SQLException {
    database.service().run("CREATE SCHEMA freshet", "CREATE TABLE freshet.water (a int)");

    assertRefusal(InstallationError.UNKNOWN_SCHEMA);
    assertThat(database.service().value("SELECT count(*) FROM freshet.water")).isEqualTo("0");
  }

  @Test
  void installationOfAnotherRoleIsLeftAlone() {
    installer.install();

    assertThatThrownBy(() -> new SchemaInstaller(new DatabaseUrl(database.admin().url())).install())
        .isInstanceOfSatisfying(
            InstallationException.class,
            refusal -> assertThat(refusal.error()).isEqualTo(InstallationError.OTHER_ROLE));
  }

  @Test
  void newerSchemaIsLeftAlone() throws SQLException {
    installer.install();
    database
        .service()
        .run(
            "INSERT INTO freshet.schema_history (installed_rank, version, description, type, script,"
                + " installed_by, execution_time, success)"
                + " VALUES (10000, '99.0', 'later', 'SQL', 'V99.0__later.sql', current_user, 1, true)");

    assertRefusal(InstallationError.SCHEMA_NEWER);
  }

  @Test
  void copyOfTheDatabaseVoidsEveryFrontier() throws SQLException {
    installer.install();
    database.user().run("CREATE TABLE shop.orders (id int PRIMARY KEY, region text)");
    database
        .user()
        .run(
            "SELECT freshet.create_stream_table('shop.regions', 'SELECT region FROM shop.orders')");
    database
        .service()
        .run(
            "UPDATE freshet.frontier SET as_of = pg_current_snapshot()",
            "UPDATE freshet.installation SET system_identifier = 1");

    assertThat(installer.install().adopted()).isTrue();
    assertThat(installer.install().adopted()).isFalse();
    assertThat(database.user().value("SELECT as_of FROM freshet.pgt_stream_tables"))
        .isEqualTo("null");
    assertThat(database.user().value("SELECT full_reason FROM freshet.pgt_stream_tables"))
        .isEqualTo("repair");
  }

  /** A copy beside the original, which CREATE DATABASE … TEMPLATE makes. */
  @Test
  void copyInTheSameClusterVoidsEveryFrontierOfItsOwn() throws SQLException {
    installer.install();
    database
        .user()
        .run(
            "CREATE TABLE shop.orders (id int PRIMARY KEY, region text)",
            "SELECT freshet.create_stream_table('shop.regions', 'SELECT region FROM shop.orders')");
    database.service().run("UPDATE freshet.frontier SET as_of = pg_current_snapshot()");
    TestDatabase copy = PostgresServer.copyOf(database.admin());

    assertThat(
            new SchemaInstaller(new DatabaseUrl(copy.as(database.service().user()).url()))
                .install()
                .adopted())
        .isTrue();
    assertThat(installer.install().adopted()).isFalse();
    assertThat(copy.value("SELECT as_of FROM freshet.frontier")).isEqualTo("null");
    assertThat(database.admin().value("SELECT as_of IS NOT NULL FROM freshet.frontier"))
        .isEqualTo("t");
  }

  private void assertRefusal(InstallationError error) {
    assertThatThrownBy(installer::install)
        .isInstanceOfSatisfying(
            InstallationException.class, refusal -> assertThat(refusal.error()).isEqualTo(error));
  }
}
