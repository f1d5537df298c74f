package dev.freshet.catalog.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;

/**
 * The PostgreSQL of this JVM, started when first asked for.
 *
 * <p>Its port is kept in a system property and not in a field, since Quarkus loads test classes
 * more than once. The version is that of the binaries on the class path: profiles {@code pg15},
 * {@code pg16}, {@code pg17}.
 */
public final class PostgresServer {

  private static final String PORT = "test.postgres.port";
  private static final String HOST = "127.0.0.1";
  private static final String SUPERUSER = "postgres";
  private static final Duration START_WAIT = Duration.ofSeconds(60);

  private PostgresServer() {}

  /** A fresh, empty database, owned by the superuser. */
  public static TestDatabase createDatabase() {
    return create("");
  }

  /**
   * A copy of a database that nobody is connected to. Rights to the database itself are not copied.
   */
  public static TestDatabase copyOf(TestDatabase template) {
    return create(" TEMPLATE " + template.name());
  }

  private static TestDatabase create(String options) {
    String name = "t" + UUID.randomUUID().toString().replace("-", "");
    try {
      new TestDatabase(HOST, port(), "postgres", SUPERUSER)
          .run("CREATE DATABASE " + name + options);
    } catch (SQLException failed) {
      throw new IllegalStateException("cannot create a database for the test", failed);
    }
    return new TestDatabase(HOST, port(), name, SUPERUSER);
  }

  /** The port of the server. */
  public static synchronized int port() {
    String known = System.getProperty(PORT);
    if (known != null) {
      return Integer.parseInt(known);
    }
    int port = start("logical");
    System.setProperty(PORT, Integer.toString(port));
    return port;
  }

  /** A fresh database on a server of its own, as on another machine. */
  public static TestDatabase createElsewhere() {
    return new TestDatabase(HOST, start("logical"), "postgres", SUPERUSER);
  }

  /** The same, on a server that cannot publish what it changes. */
  public static TestDatabase createWithoutLogicalReplication() {
    return new TestDatabase(HOST, start("replica"), "postgres", SUPERUSER);
  }

  private static int start(String walLevel) {
    try {
      // The server lives as long as the JVM: the library stops it in a shutdown hook.
      return EmbeddedPostgres.builder()
          .setPGStartupWait(START_WAIT)
          .setLocaleConfig("locale", "C.UTF-8")
          .setServerConfig("listen_addresses", HOST)
          .setServerConfig("fsync", "off")
          .setServerConfig("synchronous_commit", "off")
          .setServerConfig("full_page_writes", "off")
          .setServerConfig("max_connections", "200")
          .setServerConfig("wal_level", walLevel)
          .setServerConfig("max_wal_senders", "20")
          .setServerConfig("max_replication_slots", "20")
          .setServerConfig("max_prepared_transactions", "20")
          .setServerConfig("max_worker_processes", "30")
          .start()
          .getPort();
    } catch (IOException failed) {
      throw new UncheckedIOException("the embedded PostgreSQL does not start", failed);
    }
  }
}
