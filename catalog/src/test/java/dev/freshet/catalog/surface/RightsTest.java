package dev.freshet.catalog.surface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.SQLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.util.PSQLException;

/** Whose rights count, and whose code runs. */
class RightsTest {

  private static final String NEEDS_TICKET =
      "42501: this function is a part of a command and needs its caller's ticket";
  private static final ShopDatabase DATABASE = ShopDatabase.create();
  private final Caller shop = DATABASE.shop();
  private final Caller alice = DATABASE.alice();
  private final Caller superuser = DATABASE.superuser();

  @BeforeAll
  static void aliceMayCreateInASchemaOfHers() throws SQLException {
    DATABASE
        .superuser()
        .run(
            "CREATE SCHEMA hers AUTHORIZATION alice",
            "GRANT USAGE, CREATE ON SCHEMA hers TO freshet",
            "GRANT USAGE ON SCHEMA shop TO alice");
  }

  private String refused(Caller caller, String name, String query) throws SQLException {
    return caller
        .refused("SELECT freshet.create_stream_table('%s', $q$%s$q$)".formatted(name, query))
        .said();
  }

  private static String create(String name, String query) {
    return "SELECT freshet.create_stream_table('%s', $q$%s$q$)".formatted(name, query);
  }

  @Test
  void theCallerMustBeAllowedToReadEverySource() throws SQLException {
    shop.run(
        "CREATE TABLE readable (a int, b int)",
        "GRANT SELECT ON readable TO alice",
        "CREATE TABLE hidden_from_alice (a int)");

    assertThat(
            refused(
                alice,
                "hers.x",
                "SELECT r.a FROM shop.readable r JOIN shop.hidden_from_alice h USING (a)"))
        .isEqualTo("42501: permission denied for table hidden_from_alice");
    alice.run(create("hers.allowed", "SELECT a FROM shop.readable"));
  }

  @Test
  void rightsToColumnsCount() throws SQLException {
    shop.run("CREATE TABLE half (open int, closed int)", "GRANT SELECT (open) ON half TO alice");

    alice.run(create("hers.open", "SELECT open FROM shop.half"));
    assertThat(refused(alice, "hers.closed", "SELECT closed FROM shop.half"))
        .isEqualTo("42501: permission denied for table half");
  }

  @Test
  void aViewReadsWithTheRightsOfItsOwner() throws SQLException {
    shop.run(
        "CREATE TABLE behind (a int)",
        "CREATE VIEW window_on_it AS SELECT a FROM behind WHERE a > 0",
        "CREATE VIEW as_invoker WITH (security_invoker = true) AS SELECT a FROM behind",
        "GRANT SELECT ON window_on_it, as_invoker TO alice");

    alice.run(create("hers.through", "SELECT a FROM shop.window_on_it"));
    assertThat(refused(alice, "hers.invoker", "SELECT a FROM shop.as_invoker"))
        .isEqualTo("42501: permission denied for table behind");
  }

  @Test
  void theServiceMustBeAllowedToo() throws SQLException {
    alice.run("CREATE TABLE hers.own (a int)");

    assertThat(refused(alice, "hers.x", "SELECT a FROM hers.own"))
        .isEqualTo("42501: permission denied: role freshet may not read hers.own");
  }

  @Test
  void bothMustBeAllowedToCreateInTheSchema() throws SQLException {
    superuser.run(
        "CREATE SCHEMA closed",
        "GRANT USAGE ON SCHEMA closed TO alice",
        "CREATE SCHEMA private AUTHORIZATION alice");

    assertThat(refused(alice, "closed.x", "SELECT 1 AS a"))
        .isEqualTo("42501: permission denied: role alice may not create in schema closed");
    assertThat(refused(alice, "private.x", "SELECT 1 AS a"))
        .isEqualTo("42501: permission denied: role freshet may not create in schema private");
  }

  @Test
  void itBelongsToItsCreatorWhereTheServiceCanActForHim() throws SQLException {
    shop.run(create("of_the_shop", "SELECT 1 AS a"));
    alice.run(create("hers.of_the_service", "SELECT 1 AS a"));

    assertThat(
            superuser.rows(
                "SELECT relname, relowner::regrole, has_table_privilege('alice', oid, 'SELECT WITH GRANT OPTION')"
                    + " FROM pg_class WHERE relname IN ('of_the_shop', 'of_the_service') ORDER BY 1"))
        .isEqualTo("of_the_service | freshet | t\nof_the_shop | shop | f");
    alice.run("SELECT freshet.suspend_stream_table('hers.of_the_service')");
  }

  @Test
  void onlyTheOwnerCommands() throws SQLException {
    shop.run(create("owned", "SELECT id FROM orders"));

    for (String command :
        new String[] {
          "suspend_stream_table('shop.owned')",
          "resume_stream_table('shop.owned')",
          "repair_stream_table('shop.owned')",
          "drop_stream_table('shop.owned')",
          "alter_stream_table('shop.owned', schedule => '1s')",
        }) {
      assertThat(alice.refused("SELECT freshet." + command).said())
          .isEqualTo("42501: must be owner of stream table shop.owned");
    }
    assertThat(alice.refused("SELECT freshet.request_refresh('shop.owned')").said())
        .isEqualTo("42501: permission denied for stream table shop.owned");
    assertThat(alice.refused("SELECT freshet.release_source('shop.orders')").said())
        .isEqualTo("42501: must be owner of shop.orders");
    superuser.run("SELECT freshet.suspend_stream_table('shop.owned')");
  }

  @Test
  void theCoreTrustsNobody() throws SQLException {
    shop.run(create("core", "SELECT id FROM orders"));

    assertThat(alice.refused("SELECT freshet.drop_core(1, 'shop.core', '{shop}', true)").said())
        .isEqualTo(NEEDS_TICKET);
    assertThat(
            alice
                .refused(
                    "SELECT freshet.create_core(freshet.leave_ticket(), 'shop.orders'::regclass, '{\"name\": \"hers.x\"}')")
                .said())
        .isEqualTo("42501: not a view of the caller");
    assertThat(alice.refused("INSERT INTO freshet.caller (role, asked) VALUES (10, true)").state())
        .isEqualTo("42501");
    assertThat(
            alice
                .refused("SELECT freshet.append('stream_table:1', 'StreamTableDropped', '{}')")
                .state())
        .isEqualTo("42501");
    assertThat(alice.refused("SELECT freshet.drop_all_of(1)").state()).isEqualTo("42501");
    assertThat(alice.refused("SELECT freshet.allow_writes()").state()).isEqualTo("42501");
  }

  @Test
  void someoneElsesTicketIsWorthNothing() throws SQLException {
    try (var owner = shop.connect();
        var thief = alice.connect()) {
      owner.setAutoCommit(false);
      try (var left = owner.createStatement().executeQuery("SELECT freshet.leave_ticket()")) {
        left.next();
        String stolen =
            "SELECT freshet.suspend_core(%d, 'shop.orders', '{}')".formatted(left.getLong(1));
        assertThat(
                Refusal.of(
                        catchThrowableOfType(
                            PSQLException.class, () -> thief.createStatement().execute(stolen)))
                    .said())
            .isEqualTo(NEEDS_TICKET);
      }
    }
  }

  @Test
  void functionsThatWouldRunAsTheServiceAreRefused() throws SQLException {
    shop.run(
        "CREATE FUNCTION mine(int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT $1'",
        "CREATE OPERATOR === (LEFTARG = int, RIGHTARG = int, FUNCTION = int4eq)",
        "CREATE FUNCTION add(int, int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT $1 + $2'",
        "CREATE AGGREGATE total(int) (SFUNC = add, STYPE = int)",
        "CREATE VIEW calls AS SELECT mine(id) AS m FROM orders");

    assertThat(refused(shop, "x", "SELECT mine(id) FROM orders"))
        .isEqualTo(
            "42501: the query calls shop.mine(integer), which would run with the rights of the service");
    assertThat(refused(shop, "x", "SELECT m FROM calls"))
        .isEqualTo(
            "42501: the query calls shop.mine(integer), which would run with the rights of the service");
    assertThat(refused(shop, "x", "SELECT total(id) FROM orders"))
        .isEqualTo(
            "42501: the query calls shop.add(integer,integer), which would run with the rights of the service");
    shop.run(create("operator_of_postgres", "SELECT id OPERATOR(shop.===) 1 AS one FROM orders"));

    superuser.run(
        "ALTER FUNCTION shop.mine(int) OWNER TO postgres",
        "GRANT EXECUTE ON FUNCTION shop.mine(int) TO PUBLIC");
    shop.run(create("trusted", "SELECT mine(id) FROM orders"));
  }

  /** A function is called by more than its name. */
  @Test
  void functionsBehindOperatorsCastsAndDomainsAreRefusedToo() throws SQLException {
    shop.run(
        "CREATE FUNCTION same(int, int) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT $1 = $2'",
        "CREATE OPERATOR ==== (LEFTARG = int, RIGHTARG = int, FUNCTION = same)",
        "CREATE FUNCTION low(int) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT $1 < 10'",
        "CREATE DOMAIN few AS int CHECK (low(VALUE))",
        "CREATE TYPE pair AS (a int, b int)",
        "CREATE FUNCTION paired(int) RETURNS pair IMMUTABLE LANGUAGE sql AS 'SELECT ROW($1, $1)::pair'",
        "CREATE CAST (int AS pair) WITH FUNCTION paired(int)");

    for (String query :
        new String[] {
          "SELECT id FROM orders WHERE id OPERATOR(shop.====) 1",
          "SELECT id::few AS id FROM orders",
          "SELECT id::pair AS id FROM orders"
        }) {
      assertThat(refused(shop, "x", query))
          .as(query)
          .startsWith("42501: ")
          .endsWith("would run with the rights of the service");
    }
  }

  @Test
  void whatDependsOnTheSessionIsRefused() throws SQLException {
    assertThat(refused(shop, "x", "SELECT pg_backend_pid() AS r"))
        .isEqualTo(
            "0A000: the query calls pg_backend_pid(), which depends on the session or the role that runs it");
    assertThat(refused(shop, "x", "SELECT current_setting('role') AS r"))
        .isEqualTo(
            "0A000: the query calls current_setting(text), which depends on the session or the role that runs it");
    assertThat(refused(shop, "x", "SELECT tablename FROM pg_catalog.pg_stats"))
        .isEqualTo(
            "0A000: the query calls has_column_privilege(oid,smallint,text), which depends on the session or the role that runs it");
    assertThat(refused(shop, "x", "SELECT query_to_xml('SELECT 1', true, true, '') AS x"))
        .isEqualTo(
            "0A000: the query calls query_to_xml(text,boolean,boolean,text), which has side effects, or depends on more than its arguments");
    assertThat(refused(shop, "x", "SELECT table_to_xml('orders', true, true, '') AS x"))
        .isEqualTo(
            "0A000: the query calls table_to_xml(regclass,boolean,boolean,text), which runs a query that is not part of the definition");
    assertThat(refused(shop, "x", "SELECT current_user AS u"))
        .isEqualTo(
            "0A000: the query asks for the current user or schema, which depend on the session that runs it");
    assertThat(refused(shop, "x", "SELECT id FROM orders FOR UPDATE"))
        .isEqualTo("0A000: the query locks rows (FOR UPDATE or FOR SHARE)");
  }

  @Test
  void chanceMayBeAskedFor() throws SQLException {
    shop.run(create("chance", "SELECT id, random() AS r FROM orders"));
    shop.run(create("sample", "SELECT id FROM orders TABLESAMPLE SYSTEM (10)"));
  }

  @Test
  void catalogsAndTheTimeMayBeRead() throws SQLException {
    shop.run(
        create(
            "tables",
            "SELECT relname, pg_get_userbyid(relowner) AS owner, oid::regclass::text AS t FROM pg_class"),
        create(
            "recent",
            "SELECT id, to_char(placed, 'YYYY') AS y FROM orders WHERE placed > now() - interval '1 day' AND placed < current_date"));
  }

  @Test
  void temporaryAndOwnRelationsAreRefused() throws SQLException {
    Refusal temporary =
        shop.refused(
            "CREATE TEMP TABLE scratch (a int)",
            create("x", "SELECT o.id FROM orders o JOIN scratch ON a = id"));
    assertThat(temporary.state()).isEqualTo("0A000");
    assertThat(temporary.message())
        .matches("the query reads the temporary relation pg_temp_\\d+\\.scratch");
    assertThat(refused(superuser, "x", "SELECT event_id FROM freshet.event"))
        .isEqualTo("0A000: the query reads freshet.event, which belongs to Freshet itself");
    shop.run("CREATE SEQUENCE numbers");
    assertThat(refused(shop, "x", "SELECT last_value FROM numbers"))
        .isEqualTo("0A000: the query reads shop.numbers, which is neither a table nor a view");
  }

  @Test
  void rowsHiddenByPoliciesAreRefused() throws SQLException {
    shop.run(
        "CREATE TABLE secured (a int)",
        "ALTER TABLE secured ENABLE ROW LEVEL SECURITY",
        "CREATE POLICY even ON secured USING (a % 2 = 0)",
        "GRANT SELECT ON secured TO alice",
        "CREATE TABLE forced (a int)",
        "ALTER TABLE forced ENABLE ROW LEVEL SECURITY",
        "ALTER TABLE forced FORCE ROW LEVEL SECURITY");

    shop.run(create("of_the_owner", "SELECT a FROM secured"));
    assertThat(refused(alice, "hers.x", "SELECT a FROM shop.secured"))
        .isEqualTo(
            "0A000: row-level security of shop.secured hides rows from alice or from the service's role freshet");
    assertThat(refused(shop, "x", "SELECT a FROM forced"))
        .isEqualTo(
            "0A000: row-level security of shop.forced hides rows from shop or from the service's role freshet");
  }

  @Test
  void writesByOthersAreRefused() throws SQLException {
    shop.run(create("guarded", "SELECT id FROM orders"));

    for (String write :
        new String[] {
          "INSERT INTO guarded VALUES (1)",
          "UPDATE guarded SET id = 2",
          "DELETE FROM guarded",
          "TRUNCATE guarded",
          "MERGE INTO guarded g USING orders o ON g.id = o.id WHEN NOT MATCHED THEN INSERT VALUES (o.id)"
        }) {
      assertThat(shop.refused(write).said())
          .isEqualTo("55000: shop.guarded is a stream table: only its refreshes write to it");
      assertThat(superuser.refused("SET session_replication_role = replica", write).state())
          .isEqualTo("55000");
    }
    new Caller(DATABASE.service())
        .run("SELECT freshet.allow_writes()", "INSERT INTO guarded VALUES (1)");
    assertThat(shop.refused("SET freshet.refreshing = on", "DELETE FROM guarded").state())
        .isEqualTo("55000");
  }

  @Test
  void codeOfOthersOnAStreamTableIsFound() throws SQLException {
    shop.run(
        create("decorated", "SELECT id, region FROM orders"),
        "CREATE FUNCTION spy() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
        "CREATE FUNCTION same(int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT $1'",
        "CREATE INDEX harmless ON decorated (upper(region))",
        "CREATE VIEW on_top AS SELECT same(id) FROM decorated");
    String found = "SELECT freshet.untrusted_code_on('shop.decorated'::regclass)";
    Caller service = new Caller(DATABASE.service());
    assertThat(service.rows(found)).isEqualTo("null");

    shop.run("CREATE TRIGGER spies AFTER INSERT ON decorated EXECUTE FUNCTION spy()");
    assertThat(service.rows(found))
        .isEqualTo("trigger spies on table shop.decorated calls shop.spy()");
    shop.run("DROP TRIGGER spies ON decorated", "CREATE INDEX harmful ON decorated (same(id))");
    assertThat(service.rows(found)).isEqualTo("index shop.harmful calls shop.same(integer)");
  }

  /** The caller decides what a backslash in a plain literal means, also in what runs as us. */
  @Test
  void noLiteralDependsOnTheCallersSettings() throws SQLException {
    String literalWithBackslash = "(^|[^eE''])''[^'']*\\\\[^'']*''";

    assertThat(
            superuser.rows(
                "SELECT p.oid::regprocedure, line FROM pg_proc p, regexp_split_to_table(p.prosrc, '\n') AS line"
                    + " WHERE p.pronamespace IN ('freshet'::regnamespace, 'freshet_buffer'::regnamespace)"
                    + " AND line ~ '"
                    + literalWithBackslash
                    + "'"))
        .isEmpty();
    shop.run("CREATE TABLE closed_to_alice (a int)");
    alice.run("SET standard_conforming_strings = off", "SET escape_string_warning = off");
    try {
      assertThat(refused(alice, "hers.x", "SELECT a FROM shop.closed_to_alice"))
          .isEqualTo("42501: permission denied for table closed_to_alice");
    } finally {
      alice.run("RESET standard_conforming_strings", "RESET escape_string_warning");
    }
  }

  /** PostgreSQL accepts more spellings of true than one. */
  @Test
  void aViewThatReadsWithTheRightsOfItsReaderIsKnown() throws SQLException {
    shop.run("CREATE TABLE below (a int)");
    for (String yes : new String[] {"true", "on", "1", "'Yes'", "t", "'TRUE'", "y"}) {
      shop.run(
          "CREATE OR REPLACE VIEW above WITH (security_invoker = %s) AS SELECT a FROM below"
              .formatted(yes),
          "GRANT SELECT ON above TO alice");
      assertThat(refused(alice, "hers.x", "SELECT a FROM shop.above"))
          .as(yes)
          .isEqualTo("42501: permission denied for table below");
    }
  }
}
