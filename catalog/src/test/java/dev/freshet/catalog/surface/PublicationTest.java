package dev.freshet.catalog.surface;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.catalog.database.DatabaseUrl;
import dev.freshet.catalog.testing.PostgresServer;
import dev.freshet.catalog.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PublicationTest {

  private static final String PUBLISHED =
      "SELECT pubname, tablename FROM pg_publication_tables ORDER BY 1, 2";
  private static final String EVENTS =
      """
      SELECT type, payload ->> 'publication', author FROM freshet.event
      WHERE stream LIKE 'publication:%' ORDER BY event_id\
      """;

  private final ShopDatabase database = ShopDatabase.create();
  private final Caller shop = database.shop();
  private final Caller superuser = database.superuser();

  @BeforeEach
  void grant() throws SQLException {
    database
        .admin()
        .run(
            "GRANT CREATE ON DATABASE %s TO freshet, shop".formatted(database.admin().name()),
            "GRANT CREATE, USAGE ON SCHEMA shop TO freshet");
    shop.run("SELECT freshet.create_stream_table('s', 'SELECT id, region FROM orders')");
  }

  private void publish(String name) throws SQLException {
    shop.run("SELECT freshet.stream_table_to_publication('%s')".formatted(name));
  }

  @Test
  void whatIsPublishedIsRecordedAndShown() throws SQLException {
    assertThat(shop.rows("SELECT freshet.stream_table_to_publication('s')"))
        .isEqualTo("freshet_shop_s");

    assertThat(superuser.rows(PUBLISHED)).isEqualTo("freshet_shop_s | s");
    assertThat(
            superuser.rows(
                """
                SELECT pubowner::regrole, pubinsert, pubupdate, pubdelete, pubtruncate, pubviaroot, puballtables
                FROM pg_publication\
                """))
        .isEqualTo("freshet | t | t | t | f | t | f");
    assertThat(
            shop.rows(
                """
                SELECT t.downstream_publication_name, s.downstream_publication
                FROM freshet.pgt_stream_tables t JOIN freshet.pg_stat_stream_tables s USING (pgt_id)\
                """))
        .isEqualTo("freshet_shop_s | freshet_shop_s");
    assertThat(superuser.rows(EVENTS)).isEqualTo("PublicationCreated | freshet_shop_s | shop");
    superuser.run("SELECT freshet.rebuild_projections()");
    assertThat(shop.rows("SELECT downstream_publication_name FROM freshet.pgt_stream_tables"))
        .isEqualTo("freshet_shop_s");
  }

  @Test
  void whatIsRolledBackWasNeverPublished() throws SQLException {
    shop.run("BEGIN", "SELECT freshet.stream_table_to_publication('s')", "ROLLBACK");

    assertThat(superuser.rows(PUBLISHED)).isEmpty();
    assertThat(superuser.rows(EVENTS)).isEmpty();
  }

  @Test
  void anIdentityIsThereAsSoonAsItIsPublished() throws SQLException {
    shop.run("ALTER TABLE s REPLICA IDENTITY NOTHING");

    publish("s");

    assertThat(superuser.rows("SELECT relreplident FROM pg_class WHERE relname = 's'"))
        .isEqualTo("f");
  }

  @Test
  void namesNeverClash() throws SQLException {
    database.admin().run("CREATE SCHEMA shop_a AUTHORIZATION shop");
    String last = "x".repeat(63);
    shop.run(
        "GRANT CREATE, USAGE ON SCHEMA shop_a TO freshet",
        "SELECT freshet.create_stream_table('a_s', 'SELECT id FROM orders')",
        "SELECT freshet.create_stream_table('shop_a.s', 'SELECT id FROM orders')",
        "SELECT freshet.create_stream_table('\"Total 2024\"', 'SELECT id FROM orders')",
        "SELECT freshet.create_stream_table('%s', 'SELECT id FROM orders')".formatted(last));
    superuser.run("CREATE PUBLICATION freshet_shop_s");

    assertThat(shop.rows("SELECT freshet.stream_table_to_publication('a_s')"))
        .isEqualTo("freshet_shop_a_s");
    assertThat(shop.rows("SELECT freshet.stream_table_to_publication('shop_a.s')"))
        .matches("freshet_shop_a_s_[0-9a-f]{8}");
    assertThat(shop.rows("SELECT freshet.stream_table_to_publication('s')"))
        .matches("freshet_shop_s_[0-9a-f]{8}");
    assertThat(shop.rows("SELECT freshet.stream_table_to_publication('\"Total 2024\"')"))
        .matches("freshet_shop_total_2024_[0-9a-f]{8}");
    assertThat(shop.rows("SELECT freshet.stream_table_to_publication('%s')".formatted(last)))
        .matches("freshet_shop_x{41}_[0-9a-f]{8}")
        .hasSize(63);
  }

  @Test
  void othersCanJoinAndTheLastTakesItAway() throws SQLException {
    publish("s");
    shop.run(
        "SELECT freshet.create_stream_table('n', 'SELECT count(*) AS n FROM orders')",
        "SELECT freshet.stream_table_to_publication('n', 'freshet_shop_s')");
    assertThat(superuser.rows(PUBLISHED)).isEqualTo("freshet_shop_s | n\nfreshet_shop_s | s");

    shop.run("SELECT freshet.drop_stream_table_publication('s')");
    assertThat(superuser.rows(PUBLISHED)).isEqualTo("freshet_shop_s | n");

    shop.run("SELECT freshet.drop_stream_table('n')");
    assertThat(superuser.rows("SELECT count(*) FROM pg_publication")).isEqualTo("0");
    assertThat(
            superuser.rows(
                "SELECT type, payload ->> 'kept' FROM freshet.event WHERE type LIKE 'PublicationD%' ORDER BY event_id"))
        .isEqualTo("PublicationDropped | true\nPublicationDropped | false");
  }

  @Test
  void whatGoesByDropTableIsUnpublishedWhenItIsNoticed() throws SQLException {
    publish("s");
    shop.run("DROP TABLE s");

    database.service().run("SELECT freshet.notice_catalog_changes()");

    assertThat(superuser.rows("SELECT count(*) FROM pg_publication")).isEqualTo("0");
  }

  @Test
  void oneThatWasRenamedGoesAsWell() throws SQLException {
    publish("s");
    superuser.run("ALTER PUBLICATION freshet_shop_s RENAME TO other");

    shop.run("SELECT freshet.drop_stream_table('s')");

    assertThat(superuser.rows("SELECT count(*) FROM pg_publication")).isEqualTo("0");
  }

  @Test
  void mistakesAreExplained() throws SQLException {
    assertThat(shop.refused("SELECT freshet.stream_table_to_publication('orders')").said())
        .isEqualTo("42809: shop.orders is not a stream table");
    assertThat(shop.refused("SELECT freshet.stream_table_to_publication('nowhere')").said())
        .isEqualTo("42P01: stream table nowhere does not exist");
    assertThat(shop.refused("SELECT freshet.drop_stream_table_publication('s')").said())
        .isEqualTo("55000: stream table shop.s is not published");
    assertThat(shop.refused("SELECT freshet.stream_table_connector_config('s')").said())
        .isEqualTo("55000: stream table shop.s is not published");
    assertThat(shop.refused("SELECT freshet.stream_table_to_publication('s', 'none')").said())
        .isEqualTo("42704: publication none does not exist");
    assertThat(shop.refused("SELECT freshet.stream_table_to_publication('s', '')").said())
        .isEqualTo("22023: the name of the publication is empty");
    superuser.run("CREATE PUBLICATION theirs");
    assertThat(shop.refused("SELECT freshet.stream_table_to_publication('s', 'theirs')").said())
        .isEqualTo("42809: publication theirs is not one of stream tables");
    publish("s");
    assertThat(shop.refused("SELECT freshet.stream_table_to_publication('s')").said())
        .isEqualTo(
            "42710: stream table shop.s is already published, by publication freshet_shop_s");
  }

  @Test
  void rightsAreAskedFor() throws SQLException {
    superuser.run(
        "GRANT USAGE ON SCHEMA shop TO alice",
        "GRANT SELECT ON shop.s TO alice",
        "REVOKE CREATE ON DATABASE %s FROM shop".formatted(database.admin().name()));
    assertThat(database.alice().refused("SELECT freshet.stream_table_to_publication('s')").said())
        .isEqualTo("42501: must be owner of stream table shop.s");
    Refusal refusal = shop.refused("SELECT freshet.stream_table_to_publication('s')");
    assertThat(refusal.said())
        .isEqualTo(
            "42501: permission denied: role shop may not create publications in database "
                + database.admin().name());
    assertThat(refusal.hint())
        .isEqualTo("GRANT CREATE ON DATABASE %s TO shop;".formatted(database.admin().name()));

    superuser.run(
        "SELECT freshet.stream_table_to_publication('shop.s')",
        "GRANT CREATE, USAGE ON SCHEMA shop TO alice",
        "GRANT SELECT ON shop.orders TO alice");
    database.alice().run("SELECT freshet.create_stream_table('hers', 'SELECT id FROM orders')");
    assertThat(
            database
                .alice()
                .refused("SELECT freshet.stream_table_to_publication('hers', 'freshet_shop_s')")
                .said())
        .isEqualTo("42501: must be owner of every stream table in publication freshet_shop_s");
    assertThat(database.alice().refused("SELECT freshet.drop_stream_table_publication('s')").said())
        .isEqualTo("42501: must be owner of stream table shop.s");
  }

  @Test
  void whoMayNotReadAStreamTableSeesNothingOfItsPublication() throws SQLException {
    publish("s");
    superuser.run("DROP PUBLICATION freshet_shop_s");

    assertThat(shop.rows("SELECT fault FROM freshet.pgt_publication_faults ORDER BY rank"))
        .isEqualTo("dropped\nremoved");
    assertThat(database.alice().rows("SELECT * FROM freshet.pgt_publication_faults")).isEmpty();
    assertThat(database.alice().rows("SELECT * FROM freshet.pgt_subscribers")).isEmpty();
    assertThat(
            shop.rows(
                "SELECT status, detail FROM freshet.health_check() WHERE check_name = 'publications'"))
        .isEqualTo("ERROR | freshet_shop_s: dropped; freshet_shop_s: removed");
  }

  @Test
  void whateverWasDoneToAPublicationIsUndone() throws SQLException {
    publish("s");
    Map<String, String> drifts = new LinkedHashMap<>();
    drifts.put("DROP PUBLICATION freshet_shop_s", "dropped, removed shop.s");
    drifts.put("ALTER PUBLICATION freshet_shop_s RENAME TO other", "renamed");
    drifts.put(
        "COMMENT ON PUBLICATION freshet_shop_s IS NULL; ALTER PUBLICATION freshet_shop_s RENAME TO bare",
        "renamed");
    drifts.put("ALTER PUBLICATION freshet_shop_s OWNER TO postgres", "owner");
    drifts.put("ALTER PUBLICATION freshet_shop_s SET (publish = 'insert, truncate')", "operations");
    drifts.put("ALTER PUBLICATION freshet_shop_s DROP TABLE shop.s", "removed shop.s");
    drifts.put("ALTER PUBLICATION freshet_shop_s SET TABLE shop.s (id)", "restricted shop.s");
    drifts.put("ALTER TABLE shop.s REPLICA IDENTITY NOTHING", "identity shop.s");
    drifts.put(
        "ALTER TABLE shop.s ADD PRIMARY KEY (id); ALTER TABLE shop.s ALTER region SET NOT NULL; CREATE UNIQUE INDEX u ON shop.s (region); ALTER TABLE shop.s REPLICA IDENTITY USING INDEX u",
        "identity shop.s");
    String before = state();
    for (Map.Entry<String, String> drift : drifts.entrySet()) {
      superuser.run(drift.getKey());
      assertThat(
              new Caller(drift.getValue().equals("owner") ? database.admin() : database.service())
                  .rows(
                      "SELECT array_to_string(mended, ', '), error_message FROM freshet.repair_publications()"))
          .isEqualTo(drift.getValue() + " | null");
      assertThat(state()).isEqualTo(before);
      assertThat(superuser.rows("SELECT * FROM freshet.pgt_publication_faults")).isEmpty();
    }
    assertThat(
            superuser.rows("SELECT count(*) FROM freshet.event WHERE type = 'PublicationRepaired'"))
        .isEqualTo(String.valueOf(drifts.size()));
  }

  private String state() throws SQLException {
    return superuser.rows(
        """
        SELECT pubname, pubowner::regrole, pubinsert, pubupdate, pubdelete, pubtruncate, pubviaroot, r.prrelid::regclass,
               r.prattrs, r.prqual
        FROM pg_publication p JOIN pg_publication_rel r ON r.prpubid = p.oid\
        """);
  }

  @Test
  void whatCannotBeMendedIsToldWithTheReason() throws SQLException {
    publish("s");
    superuser.run(
        "DROP PUBLICATION freshet_shop_s", "CREATE PUBLICATION freshet_shop_s FOR ALL TABLES");

    assertThat(
            new Caller(database.service())
                .rows("SELECT publication, mended, error_code FROM freshet.repair_publications()"))
        .isEqualTo("freshet_shop_s | {} | 42501");
  }

  @Test
  void rowsGoOneByOneFromAPublishedTableThatIsRebuilt() throws SQLException {
    publish("s");
    shop.run("INSERT INTO orders VALUES (1, 1, 'EU', 1, now()), (2, 1, 'US', 1, now())");
    try (Service service = Service.serving(database.service())) {
      service.refresh("s");
    }
    superuser.run("SELECT pg_create_logical_replication_slot('%s', 'pgoutput')".formatted(slot()));

    shop.run(
        "SELECT freshet.alter_stream_table('s', query => 'SELECT id::text, region FROM orders')");
    // The server of the tests writes its log when it comes to it; a slot reads what is written.
    superuser.run(
        "SET synchronous_commit = on", "SELECT pg_logical_emit_message(true, 'flush', '')");

    assertThat(
            superuser.rows(
                """
                SELECT string_agg(chr(get_byte(data, 0)), '' ORDER BY lsn)
                FROM pg_logical_slot_get_binary_changes('%s', NULL, NULL, 'proto_version', '1', 'publication_names', 'freshet_shop_s')\
                """
                    .formatted(slot())))
        .isEqualTo("BRDDC");
    superuser.run("SELECT pg_drop_replication_slot('%s')".formatted(slot()));
    assertThat(superuser.rows(PUBLISHED)).isEqualTo("freshet_shop_s | s");
  }

  private static String warning(Connection session, String table) throws SQLException {
    try (var statement = session.createStatement()) {
      statement.execute("SELECT freshet.stream_table_to_publication('%s')".formatted(table));
      SQLWarning warning = statement.getWarnings();
      return warning == null ? "none" : String.valueOf(warning.getMessage());
    }
  }

  @Test
  void whatASubscriptionCannotFollowIsSaid() throws SQLException {
    shop.run(
        "CREATE TABLE docs (id int PRIMARY KEY, body json, tags xml[])",
        "SELECT freshet.create_stream_table('bodies', 'SELECT body FROM docs')",
        "SELECT freshet.create_stream_table('tags', 'SELECT id, tags FROM docs')",
        "SELECT freshet.create_stream_table('texts', 'SELECT body::text, id::varchar, ARRAY[id] AS ids FROM docs')",
        "SELECT freshet.create_stream_table('keyed', 'SELECT id, body FROM docs')",
        "ALTER TABLE keyed ADD PRIMARY KEY (id)");
    try (Connection session = shop.connect()) {
      assertThat(warning(session, "bodies"))
          .isEqualTo(
              "stream table shop.bodies has no primary key, and its column body json no equality: PostgreSQL's own subscriptions cannot follow updates and deletions");
      assertThat(warning(session, "tags")).contains("its column tags xml[] no equality");
      assertThat(warning(session, "texts")).isEqualTo("none");
      assertThat(warning(session, "keyed")).isEqualTo("none");
    }
  }

  @Test
  void aServerThatCannotPublishYetIsSaidAndThePublicationMade() throws SQLException {
    TestDatabase elsewhere = PostgresServer.createWithoutLogicalReplication();
    new SchemaInstaller(new DatabaseUrl(elsewhere.url())).install();
    elsewhere.run(
        "CREATE TABLE t (id int)", "SELECT freshet.create_stream_table('s', 'SELECT id FROM t')");
    try (Connection session = elsewhere.connect()) {
      assertThat(warning(session, "s"))
          .isEqualTo("wal_level is replica, so that nobody can subscribe yet");
    }
    assertThat(elsewhere.value("SELECT pubname FROM pg_publication")).isEqualTo("freshet_public_s");
    assertThat(elsewhere.value("SELECT freshet.beat_for_subscribers()")).isEqualTo("f");
    assertThat(
            elsewhere.value(
                "SELECT status FROM freshet.health_check() WHERE check_name = 'wal_level'"))
        .isEqualTo("WARNING");
  }

  private String slot() {
    return "slot_" + database.admin().name();
  }

  @Test
  void namesOfOthersAreEscapedInTheConnectorsConfiguration() throws SQLException {
    shop.run(
        """
        SELECT freshet.create_stream_table('"Total, 20.24"', 'SELECT id AS "i.d", region AS "a|b" FROM orders')\
        """,
        """
        SELECT freshet.stream_table_to_publication('"Total, 20.24"')\
        """);

    assertThat(
            shop.rows(
                """
                SELECT c ->> 'table.include.list', c ->> 'column.include.list', c ->> 'message.prefix.include.list',
                       c ->> 'message.key.columns', c ->> 'skipped.operations', c ->> 'publication.autocreate.mode',
                       c ->> 'slot.name' ~ '^[a-z0-9_]+$', c ->> 'topic.prefix' ~ '^[a-z0-9_.]+$',
                       (c ->> 'topic.prefix') || '.shop.Total' ~ ('^' || (c ->> 'transforms.together.regex') || '$')
                FROM freshet.stream_table_connector_config('"Total, 20.24"') AS c\
                """))
        .isEqualTo(
            "shop\\.Total\\,\\ 20\\.24 | null | stream_table:shop\\.Total\\,\\ 20\\.24 | null | none | disabled | t | t | t");
  }
}
