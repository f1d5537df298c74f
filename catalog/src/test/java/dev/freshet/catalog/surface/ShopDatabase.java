package dev.freshet.catalog.surface;

import dev.freshet.catalog.database.DatabaseUrl;
import dev.freshet.catalog.testing.PostgresServer;
import dev.freshet.catalog.testing.TestDatabase;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A database with Freshet installed and a shop in it: role {@code shop} owns schema {@code shop}
 * with tables {@code orders} and {@code customers}, the service is a member of it; role {@code
 * alice} has nothing.
 */
record ShopDatabase(TestDatabase admin, String serviceRole) {

  private static final String SHOP =
      """
      CREATE TABLE shop.customers (id int PRIMARY KEY, name text, city text);
      CREATE TABLE shop.orders (id int PRIMARY KEY, customer_id int, region text, amount numeric(10,2), placed timestamptz);
      """;

  /** By the service's role. Copying a database takes a fraction of the time of installing. */
  private static final Map<String, TestDatabase> INSTALLED = new ConcurrentHashMap<>();

  /** The service is an ordinary role. */
  static ShopDatabase create() {
    return createServedBy("freshet");
  }

  /** The service is a superuser. */
  static ShopDatabase createServedBySuperuser() {
    return createServedBy("postgres");
  }

  private static ShopDatabase createServedBy(String role) {
    TestDatabase installed =
        INSTALLED.computeIfAbsent(role, serviceRole -> installed(serviceRole).admin());
    return new ShopDatabase(PostgresServer.copyOf(installed), role);
  }

  private static ShopDatabase installed(String role) {
    ShopDatabase database = new ShopDatabase(PostgresServer.createDatabase(), role);
    try {
      database.install();
    } catch (SQLException failed) {
      throw new IllegalStateException("cannot install into the test's database", failed);
    }
    return database;
  }

  private void install() throws SQLException {
    for (String role : new String[] {"freshet", "shop", "alice"}) {
      admin.run(
          "DO $$ BEGIN IF to_regrole('%1$s') IS NULL THEN CREATE ROLE %1$s LOGIN; END IF; END $$"
              .formatted(role));
    }
    admin.run("GRANT CREATE ON DATABASE %s TO freshet".formatted(admin.name()));
    admin.run("SET client_min_messages = error", "GRANT shop TO freshet");
    new SchemaInstaller(new DatabaseUrl(service().url())).install();
    admin.run("CREATE SCHEMA shop AUTHORIZATION shop", "SET ROLE shop", SHOP);
  }

  TestDatabase service() {
    return admin.as(serviceRole);
  }

  /** The owner of the sources. Names are looked up in schema {@code shop}. */
  Caller shop() {
    return new Caller(admin.as("shop"));
  }

  /** Somebody without any right. */
  Caller alice() {
    return new Caller(admin.as("alice"));
  }

  Caller superuser() {
    return new Caller(admin);
  }
}
