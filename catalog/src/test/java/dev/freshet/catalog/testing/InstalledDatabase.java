package dev.freshet.catalog.testing;

import dev.freshet.catalog.database.DatabaseUrl;
import dev.freshet.catalog.surface.SchemaInstaller;
import java.sql.SQLException;
import java.util.UUID;

/**
 * A fresh database with Freshet installed by an ordinary role, and with a role that uses it.
 *
 * @param admin the superuser
 * @param service the role that the service logs in as; it may create schemas and is a member of
 *     {@code user}
 * @param user an ordinary role that owns the schema {@code shop}
 */
public record InstalledDatabase(TestDatabase admin, TestDatabase service, TestDatabase user) {

  public static InstalledDatabase create() throws SQLException {
    InstalledDatabase database = prepare();
    new SchemaInstaller(database.serviceUrl()).install();
    return database;
  }

  /** The same without Freshet. */
  public static InstalledDatabase prepare() throws SQLException {
    TestDatabase admin = PostgresServer.createDatabase();
    String nonce = UUID.randomUUID().toString().substring(0, 8);
    String service = "service_" + nonce;
    String user = "user_" + nonce;
    admin.run(
        "CREATE ROLE %s LOGIN".formatted(service),
        "CREATE ROLE %s LOGIN".formatted(user),
        "GRANT %s TO %s".formatted(user, service),
        "GRANT CREATE ON DATABASE %s TO %s".formatted(admin.name(), service),
        "CREATE SCHEMA shop AUTHORIZATION " + user,
        "GRANT USAGE, CREATE ON SCHEMA shop TO " + service);
    return new InstalledDatabase(admin, admin.as(service), admin.as(user));
  }

  /** Sets what counts for all sessions that begin from now on, {@code name = value}. */
  public void set(String setting) throws SQLException {
    admin.run("ALTER DATABASE %s SET %s".formatted(admin.name(), setting));
  }

  public DatabaseUrl serviceUrl() {
    return new DatabaseUrl(service.url());
  }
}
