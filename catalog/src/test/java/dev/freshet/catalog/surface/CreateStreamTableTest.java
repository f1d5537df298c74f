package dev.freshet.catalog.surface;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CreateStreamTableTest {

  private static final ShopDatabase DATABASE = ShopDatabase.create();
  private final Caller shop = DATABASE.shop();
  private final Caller superuser = DATABASE.superuser();

  @Test
  void hasExactlyTheColumnsOfItsQuery() throws SQLException {
    shop.run(
        """
        SELECT freshet.create_stream_table('typed', $$
          SELECT region COLLATE "C" AS region, amount, amount::numeric(5,1) AS rounded, 'x'::varchar(7) AS v, now() AS t, 'u' AS u FROM orders$$)
        """);

    assertThat(
            superuser.rows(
                """
                SELECT attname, format_type(atttypid, atttypmod), attcollation::regcollation FROM pg_attribute
                 WHERE attrelid = 'shop.typed'::regclass AND attnum > 0 ORDER BY attnum
                """))
        .isEqualTo(
            """
            region | text | "C"
            amount | numeric(10,2) | -
            rounded | numeric(5,1) | -
            v | character varying(7) | "default"
            t | timestamp with time zone | -
            u | text | "default\"\
            """);
  }

  @Test
  void isInitializingAndReferableAtOnce() throws SQLException {
    try (Connection session = shop.connect()) {
      session.setAutoCommit(false);
      var statement = session.createStatement();
      statement.execute("SELECT freshet.create_stream_table('base', 'SELECT id FROM orders')");
      statement.execute("SELECT freshet.create_stream_table('above', 'SELECT count(*) FROM base')");
      session.commit();
    }

    assertThat(
            superuser.rows(
                """
                SELECT pgt_schema, pgt_name, owner, status, is_populated, schedule, refresh_mode, tier, cdc_mode, diamond_consistency, initialize
                  FROM freshet.definition JOIN freshet.condition USING (pgt_id) WHERE pgt_name IN ('base', 'above') ORDER BY pgt_id
                """))
        .isEqualTo(
            """
            shop | base | shop | INITIALIZING | f | calculated | AUTO | hot | auto | none | t
            shop | above | shop | INITIALIZING | f | calculated | AUTO | hot | auto | none | t\
            """);
  }

  @Test
  void nothingRemainsAfterARollback() throws SQLException {
    String everything =
        "SELECT (SELECT count(*) FROM pg_class WHERE relnamespace NOT IN (SELECT oid FROM pg_namespace WHERE nspname LIKE 'pg\\_t%')),"
            + " (SELECT count(*) FROM freshet.event), (SELECT count(*) FROM freshet.definition),"
            + " (SELECT count(*) FROM freshet.frontier), (SELECT count(*) FROM freshet.caller)";
    String before = superuser.rows(everything);

    shop.run(
        "BEGIN",
        "CREATE TABLE lines (id int)",
        "SELECT freshet.create_stream_table('rolled_back', 'SELECT id FROM lines')",
        "SELECT freshet.alter_stream_table('rolled_back', query => 'SELECT id, 1 AS one FROM lines')",
        "ROLLBACK");

    assertThat(superuser.rows(everything)).isEqualTo(before);
  }

  @Test
  void namesMayNeedQuoting() throws SQLException {
    superuser.run("CREATE SCHEMA \"Our \"\"Data\" AUTHORIZATION shop");

    shop.run(
        "SELECT freshet.create_stream_table('\"Our \"\"Data\".\"The Lines\"', 'SELECT 1 AS \"One\"')",
        "SET quote_all_identifiers = on",
        "SELECT freshet.create_stream_table('quoted', 'SELECT 1 AS one')",
        "RESET quote_all_identifiers");

    assertThat(
            superuser.rows(
                "SELECT pgt_schema, pgt_name FROM freshet.definition WHERE pgt_name IN ('The Lines', 'quoted')"))
        .isEqualTo("Our \"Data | The Lines\nshop | quoted");
  }

  @Test
  void readsATableOfTheSameTransaction() throws SQLException {
    shop.run(
        "BEGIN",
        "CREATE TABLE new_source (id int)",
        "SELECT freshet.create_stream_table('from_new', 'SELECT id FROM new_source')",
        "COMMIT");

    assertThat(
            superuser.rows("SELECT count(*) FROM freshet.definition WHERE pgt_name = 'from_new'"))
        .isEqualTo("1");
  }

  @Test
  void unqualifiedNamesFollowTheCallersSearchPath() throws SQLException {
    superuser.run(
        "CREATE SCHEMA second AUTHORIZATION shop",
        "SET ROLE shop",
        "CREATE TABLE second.orders (other int)");

    shop.run(
        "SET search_path = second, shop",
        "SELECT freshet.create_stream_table('followed', 'SELECT * FROM orders')");

    assertThat(
            superuser.rows(
                "SELECT pgt_schema, regexp_replace(defining_query, '\\s+', ' ', 'g'), settings ->> 'search_path'"
                    + " FROM freshet.definition WHERE pgt_name = 'followed'"))
        .isIn(
            "second |  SELECT other FROM second.orders | second, shop",
            "second |  SELECT orders.other FROM second.orders | second, shop");
  }

  @Test
  void settingsOfTheSessionAreRecordedAndConstantsPrintedWithoutThem() throws SQLException {
    shop.run(
        "SET TimeZone = 'Asia/Tokyo'",
        "SET DateStyle = 'ISO, DMY'",
        "SELECT freshet.create_stream_table('settled', $$SELECT id FROM orders WHERE placed > '02/03/2024 04:05'::timestamptz$$)");

    assertThat(
            superuser.rows(
                """
                SELECT settings ->> 'TimeZone', settings ->> 'DateStyle', substring(defining_query FROM '''.*''') FROM freshet.definition
                 WHERE pgt_name = 'settled'
                """))
        .isEqualTo("Asia/Tokyo | ISO, DMY | '2024-03-01 19:05:00+00'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"We.ird\"",
        "\"T\"\"x\"",
        "\"select\"",
        "\"Ünïcode\"",
        "größe",
        "\"a b\"",
        "\"'quoted'\"",
        "\"%s\"",
        "\"abcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabc\"",
        "\"äöüäöüäöüäöüäöüäöüäöüäöüäöüäöüx\""
      })
  void oddIdentifiersWork(String name) throws SQLException {
    shop.run(
        "SELECT freshet.create_stream_table($n$shop.%1$s$n$, $q$SELECT id AS %1$s FROM orders$q$)"
            .formatted(name),
        "SELECT freshet.suspend_stream_table($n$%s$n$)".formatted(name),
        "SELECT freshet.alter_stream_table($n$%1$s$n$, query => $q$SELECT id::text AS %1$s FROM orders$q$)"
            .formatted(name),
        "SELECT %1$s FROM %1$s".formatted(name),
        "SELECT freshet.drop_stream_table($n$shop.%s$n$)".formatted(name));
  }

  @Test
  void namesAreFoldedLikeIdentifiers() throws SQLException {
    shop.run("SELECT freshet.create_stream_table('Shop.FOLDED', 'SELECT id FROM orders')");

    assertThat(superuser.rows("SELECT to_regclass('shop.folded')")).isEqualTo("folded");
  }

  @Test
  void namesThatAreNoneAreRefused() throws SQLException {
    assertThat(refusedName("a.b.c")).isEqualTo("42601: the name a.b.c has 3 parts");
    assertThat(refusedName("1x")).isEqualTo("42602: not a name: 1x");
    assertThat(refusedName("x".repeat(64)))
        .isEqualTo("42622: the name " + "x".repeat(64) + " is longer than 63 bytes");
    assertThat(refusedName(" ")).isEqualTo("22023: the name of the stream table is missing");
    assertThat(refusedName("nowhere.x")).isEqualTo("3F000: schema nowhere does not exist");
    assertThat(refusedName("freshet_def.x"))
        .isEqualTo("42501: schema freshet_def is not for stream tables");
    assertThat(refusedName("orders")).isEqualTo("42P07: relation shop.orders already exists");
  }

  private String refusedName(String name) throws SQLException {
    return shop.refused("SELECT freshet.create_stream_table('%s', 'SELECT 1 AS a')".formatted(name))
        .said();
  }

  @Test
  void aMistakeInTheQueryIsPostgresOwnErrorWithItsPosition() throws SQLException {
    Refusal refusal =
        shop.refused("SELECT freshet.create_stream_table('bad', 'SELECT id, nope FROM orders')");

    assertThat(refusal.state()).isEqualTo("42703");
    assertThat(refusal.query()).isEqualTo("SELECT id, nope FROM orders");
    assertThat(refusal.position()).isEqualTo(12);
  }

  @Test
  void onlyOneQueryIsAQuery() throws SQLException {
    assertThat(refusedQuery("SELECT 1 AS a; DROP TABLE orders"))
        .isEqualTo("42601: the query is not one SELECT");
    assertThat(refusedQuery("SELECT id INTO copied FROM orders"))
        .isEqualTo("42601: the query is not one SELECT");
    assertThat(refusedQuery("DELETE FROM orders RETURNING id"))
        .isEqualTo("42601: the query is not a SELECT");
    assertThat(refusedQuery("")).isEqualTo("22023: the query is missing");
  }

  private String refusedQuery(String query) throws SQLException {
    return shop.refused("SELECT freshet.create_stream_table('bad', $q$%s$q$)".formatted(query))
        .said();
  }

  @Test
  void existingOnesAreLeftAlone() throws SQLException {
    shop.run(
        "SELECT freshet.create_stream_table('once', 'SELECT id FROM orders', schedule => '5s')");

    assertThat(
            shop.rows(
                "SELECT freshet.create_stream_table_if_not_exists('once', 'whatever', schedule => '9s')"))
        .isEqualTo("once");

    assertThat(superuser.rows("SELECT schedule FROM freshet.definition WHERE pgt_name = 'once'"))
        .isEqualTo("5s");
    assertThat(
            shop.refused(
                    "SELECT freshet.create_stream_table_if_not_exists('orders', 'SELECT 1 AS a')")
                .said())
        .isEqualTo("42P07: relation shop.orders already exists");
  }

  @Test
  void theSourceIsGuardedByPostgres() throws SQLException {
    shop.run(
        "CREATE TABLE guarded (id int, used int)",
        "SELECT freshet.create_stream_table('guards', 'SELECT used FROM guarded')");

    assertThat(shop.refused("ALTER TABLE guarded DROP COLUMN used").state()).isEqualTo("2BP01");
    shop.run("ALTER TABLE guarded DROP COLUMN id", "ALTER TABLE guarded RENAME used TO renamed");
    assertThat(
            superuser.rows(
                "SELECT pg_get_viewdef(view_relid) ~ 'renamed' FROM freshet.definition WHERE pgt_name = 'guards'"))
        .isEqualTo("t");
  }

  @Test
  void aSuperuserAsServiceWorksToo() throws SQLException {
    ShopDatabase database = ShopDatabase.createServedBySuperuser();

    database.shop().run("SELECT freshet.create_stream_table('mine', 'SELECT id FROM orders')");

    assertThat(
            database
                .superuser()
                .rows("SELECT relowner::regrole FROM pg_class WHERE relname = 'mine'"))
        .isEqualTo("shop");
  }
}
