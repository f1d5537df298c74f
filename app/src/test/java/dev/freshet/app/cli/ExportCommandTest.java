package dev.freshet.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.catalog.testing.InstalledDatabase;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Definitions written from a database. */
class ExportCommandTest {

  private static final String HEADER =
      """
      # Stream tables of Freshet, each after those that it reads.
      format: 1
      stream_tables:\
      """;

  private InstalledDatabase database;

  @BeforeEach
  void start() throws SQLException {
    database = InstalledDatabase.create();
    database.user().run("CREATE TABLE shop.orders (id int PRIMARY KEY, amount int)");
  }

  private Ran export(String... words) {
    String[] all = new String[words.length + 3];
    all[0] = "export";
    System.arraycopy(words, 0, all, 1, words.length);
    all[all.length - 2] = "--url";
    all[all.length - 1] = database.user().url();
    return Ran.freshet(all);
  }

  @Test
  void sourcesComeBeforeTheirConsumersAndOthersByName() throws SQLException {
    database
        .user()
        .run(
            "SELECT freshet.create_stream_table('shop.z', 'SELECT id FROM shop.orders')",
            "CREATE VIEW shop.through AS SELECT id FROM shop.z",
            "SELECT freshet.create_stream_table('shop.m', 'SELECT id FROM shop.through')",
            "SELECT freshet.create_stream_table('shop.b', 'SELECT id FROM shop.orders')",
            "SELECT freshet.create_stream_table('shop.a', 'SELECT m.id FROM shop.m JOIN shop.b USING (id)')");

    assertThat(export())
        .isEqualTo(
            new Ran(
                0,
                HEADER
                    + """

                      - name: shop.b
                        query: |-
                          SELECT id FROM shop.orders
                      - name: shop.z
                        query: |-
                          SELECT id FROM shop.orders
                      - name: shop.m
                        query: |-
                          SELECT id FROM shop.through
                      - name: shop.a
                        query: |-
                          SELECT m.id FROM shop.m JOIN shop.b USING (id)
                    """,
                ""));
  }

  @Test
  void onlyWhatSomebodyHasChosenIsWritten() throws SQLException {
    database
        .admin()
        .run(
            "DO $$ BEGIN EXECUTE format('GRANT CREATE ON DATABASE %I TO PUBLIC', current_database()); END $$");
    database
        .user()
        .run(
            "CREATE SCHEMA \"The Shop\"",
            """
            SELECT freshet.create_stream_table('"The Shop"."It''s: all"', E'\\n  SELECT id,\\n\\n\\tamount \\n  FROM shop.orders;\\n ',
                schedule => '*/5 * * * *', refresh_mode => 'full', sla => '90 s', tier => 'cold', cdc_mode => 'trigger',
                diamond_consistency => 'atomic', append_only => true)\
            """,
            "SELECT freshet.create_stream_table('shop.of_sla', 'SELECT id FROM shop.orders', sla => '2 hours')",
            "SELECT freshet.create_stream_table('shop.returns', E'SELECT ''a\\r\\nb'' AS t')",
            "SELECT freshet.create_stream_table('shop.warm', 'SELECT id FROM shop.orders', tier => 'warm')",
            "SELECT freshet.stream_table_to_publication('shop.of_sla')",
            "SELECT freshet.stream_table_to_publication('shop.warm', 'freshet_shop_of_sla')");

    assertThat(export())
        .isEqualTo(
            new Ran(
                0,
                HEADER
                    + """

                      - name: '"The Shop"."It''s: all"'
                        query: |-
                          SELECT id,

                          \tamount\s
                            FROM shop.orders
                        schedule: '*/5 * * * *'
                        refresh_mode: FULL
                        sla: 90s
                        tier: cold
                        cdc_mode: trigger
                        diamond_consistency: atomic
                        append_only: true
                      - name: shop.of_sla
                        query: |-
                          SELECT id FROM shop.orders
                        sla: 2h
                        publication: true
                      - name: shop.returns
                        query: "SELECT 'a\\r\\nb' AS t"
                      - name: shop.warm
                        query: |-
                          SELECT id FROM shop.orders
                        tier: warm
                        publication: freshet_shop_of_sla
                    """,
                ""));
  }

  @Test
  void aFileGetsThoseThatAreNamed(@TempDir Path directory) throws Exception {
    database
        .user()
        .run(
            "SELECT freshet.create_stream_table('shop.a', 'SELECT id FROM shop.orders')",
            "SELECT freshet.create_stream_table('shop.b', 'SELECT id FROM shop.orders')");
    Path file = directory.resolve("stream-tables.yaml");

    assertThat(export("shop.b", "--output", file.toString()))
        .isEqualTo(
            new Ran(0, "Wrote 1 stream table to " + file + "." + System.lineSeparator(), ""));
    assertThat(file)
        .hasContent(HEADER + "\n  - name: shop.b\n    query: |-\n      SELECT id FROM shop.orders");
    assertThat(export("--output", directory.resolve("none/x.yaml").toString()).error())
        .startsWith("freshet: cannot write ")
        .hasLineCount(1);
    assertThat(export("shop.c").error())
        .startsWith("freshet: stream table shop.c does not exist. SELECT pgt_schema");
  }

  @Test
  void whatTheCallerMayNotSeeIsLeftOut() throws SQLException {
    database.service().run("CREATE TABLE shop.secrets (id int PRIMARY KEY)");
    database
        .service()
        .run("SELECT freshet.create_stream_table('shop.secret', 'SELECT id FROM shop.secrets')");

    assertThat(export().out()).isEqualTo(HEADER + " []\n");
    assertThat(export("shop.secret").error())
        .startsWith("freshet: permission denied for stream table shop.secret");
  }
}
