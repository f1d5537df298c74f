package dev.freshet.app.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.catalog.testing.PostgresServer;
import dev.freshet.catalog.testing.TestDatabase;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Another server, whose tables follow stream tables by PostgreSQL's own subscription.
 *
 * <p>The publisher's superuser plays the role with REPLICATION.
 */
public final class Subscriber implements AutoCloseable {

  private static final String COLUMNS =
      """
      SELECT string_agg(format('%%I %%s', attname, format_type(atttypid, atttypmod)), ', ' ORDER BY attnum)
             || coalesce((SELECT ', ' || pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'p' AND conrelid = '%1$s'::regclass), '')
      FROM pg_attribute WHERE attrelid = '%1$s'::regclass AND attnum > 0 AND NOT attisdropped\
      """;

  private final TestDatabase publisher;
  private final TestDatabase here = PostgresServer.createElsewhere();
  private final String name;

  public Subscriber(TestDatabase publisher) throws SQLException {
    this.publisher = publisher;
    this.name = "follow_" + publisher.name();
    here.run("CREATE SCHEMA shop");
  }

  public TestDatabase database() {
    return here;
  }

  /** The name of the subscription, and of its slot. */
  String slot() {
    return name;
  }

  /** Makes a table like the stream table. */
  public void like(String table) throws SQLException {
    here.run(
        "DROP TABLE IF EXISTS " + table,
        "CREATE TABLE %s (%s)".formatted(table, publisher.value(COLUMNS.formatted(table))));
  }

  public void follow(String publications) throws SQLException {
    here.run(
        "CREATE SUBSCRIPTION %s CONNECTION 'host=%s port=%d dbname=%s user=%s' PUBLICATION %s"
            .formatted(
                name,
                publisher.host(),
                publisher.port(),
                publisher.name(),
                publisher.user(),
                publications));
  }

  /** Waits until the table here has the rows that the stream table has. */
  public void requireSame(String table) throws SQLException {
    String content =
        "SELECT coalesce(string_agg(t::text, chr(10) ORDER BY t::text), '') FROM %s AS t"
            .formatted(table);
    String expected = publisher.value(content);
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    String found = here.value(content);
    while (!found.equals(expected) && System.nanoTime() < deadline) {
      here.run("SELECT pg_sleep(0.02)");
      found = here.value(content);
    }
    assertThat(found).as(table).isEqualTo(expected);
  }

  @Override
  public void close() throws SQLException {
    here.run("DROP SUBSCRIPTION IF EXISTS " + name);
  }
}
