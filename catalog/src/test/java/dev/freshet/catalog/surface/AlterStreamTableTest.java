package dev.freshet.catalog.surface;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AlterStreamTableTest {

  private final ShopDatabase database = ShopDatabase.create();
  private final Caller shop = database.shop();
  private final Caller superuser = database.superuser();

  @BeforeEach
  void aPopulatedStreamTable() throws SQLException {
    shop.run(
        "INSERT INTO orders VALUES (1, 10, 'north', 5.00, now()), (2, 10, 'south', 7.00, now())",
        "SELECT freshet.create_stream_table('totals', 'SELECT region, amount FROM orders', schedule => '1s')");
    try (Service service = Service.idle(database.service())) {
      service.refresh("totals");
    }
    shop.run(
        "CREATE INDEX by_region ON totals (region)",
        "GRANT SELECT ON totals TO alice",
        "COMMENT ON TABLE totals IS 'ours'");
  }

  private String condition() throws SQLException {
    return superuser.rows(
        "SELECT status, is_populated, full_reason FROM freshet.condition JOIN freshet.definition USING (pgt_id) WHERE pgt_name = 'totals'");
  }

  private String rows() throws SQLException {
    return shop.rows("SELECT t FROM totals t ORDER BY region");
  }

  private void alterQuery(String query) throws SQLException {
    shop.run("SELECT freshet.alter_stream_table('totals', query => $q$%s$q$)".formatted(query));
  }

  @Test
  void onlyWhatIsGivenChanges() throws SQLException {
    shop.run(
        "SELECT freshet.alter_stream_table('totals', tier => 'cold', diamond_consistency => 'atomic')");

    assertThat(
            superuser.rows(
                "SELECT schedule, refresh_mode, tier, diamond_consistency, epoch FROM freshet.definition JOIN freshet.frontier USING (pgt_id)"))
        .isEqualTo("1s | AUTO | cold | atomic | 2");
    assertThat(
            superuser.rows("SELECT payload FROM freshet.event WHERE type = 'StreamTableAltered'"))
        .isEqualTo("{\"tier\": \"cold\", \"diamond_consistency\": \"atomic\"}");
    assertThat(condition()).isEqualTo("ACTIVE | t | null");
  }

  @Test
  void whatIsTheSameIsNoEvent() throws SQLException {
    String before = superuser.rows("SELECT count(*) FROM freshet.event");

    shop.run(
        "SELECT freshet.alter_stream_table('totals', schedule => '1s')",
        "SELECT freshet.alter_stream_table('totals', query => 'select region, amount from shop.orders')",
        "SELECT freshet.create_or_replace_stream_table('totals', 'select  region, amount from shop.orders', schedule => '1s')");

    assertThat(superuser.rows("SELECT count(*) FROM freshet.event")).isEqualTo(before);
  }

  @Test
  void theSameColumnsKeepTheRows() throws SQLException {
    alterQuery("SELECT region, amount FROM orders WHERE amount > 6");

    assertThat(rows()).isEqualTo("(north,5.00)\n(south,7.00)");
    assertThat(condition()).isEqualTo("ACTIVE | t | definition_changed");
    assertThat(superuser.rows("SELECT epoch FROM freshet.frontier")).isEqualTo("2");
    assertThat(superuser.rows("SELECT pg_get_viewdef(view_relid) ~ '6' FROM freshet.definition"))
        .isEqualTo("t");
  }

  @Test
  void aColumnAtTheEndComesAsNull() throws SQLException {
    alterQuery("SELECT region, amount, customer_id::bigint AS customer FROM orders");

    assertThat(rows()).isEqualTo("(north,5.00,)\n(south,7.00,)");
    assertThat(condition()).isEqualTo("ACTIVE | t | definition_changed");
    assertThat(shop.rows("SELECT pg_typeof(customer) FROM totals LIMIT 1")).isEqualTo("bigint");
    assertKept();
  }

  @Test
  void aColumnMayGo() throws SQLException {
    alterQuery("SELECT region FROM orders");

    assertThat(rows()).isEqualTo("(north)\n(south)");
    assertThat(condition()).isEqualTo("ACTIVE | t | definition_changed");
    assertKept();
  }

  @Test
  void anotherTypeOrOrderIsRebuiltUnderTheSameName() throws SQLException {
    alterQuery("SELECT region, amount::float8 AS amount FROM orders");
    assertThat(rows()).isEmpty();
    assertThat(condition()).isEqualTo("INITIALIZING | f | definition_changed");
    assertKept();

    alterQuery("SELECT amount::float8 AS amount, region FROM orders");
    assertThat(
            superuser.rows(
                "SELECT string_agg(name, ',' ORDER BY place) FROM freshet.columns_of('shop.totals'::regclass)"))
        .isEqualTo("amount,region");
    assertThat(superuser.rows("SELECT pgt_name, relid::regclass FROM freshet.definition"))
        .isEqualTo("totals | totals");
  }

  /** Grants, comments, and indexes on columns that stay. */
  private void assertKept() throws SQLException {
    assertThat(
            superuser.rows(
                "SELECT has_table_privilege('alice', 'shop.totals', 'SELECT'), obj_description('shop.totals'::regclass), to_regclass('shop.by_region')"))
        .isEqualTo("t | ours | by_region");
  }

  @Test
  void columnsThatOthersReadStay() throws SQLException {
    shop.run(
        "SELECT freshet.create_stream_table('above', 'SELECT amount FROM totals')",
        "CREATE VIEW beside AS SELECT amount FROM totals");

    Refusal dropped =
        shop.refused(
            "SELECT freshet.alter_stream_table('totals', query => 'SELECT region FROM orders')");
    assertThat(dropped.said())
        .isEqualTo(
            "2BP01: cannot drop column amount of stream table shop.totals: other objects read it");
    assertThat(dropped.detail()).isEqualTo("stream table shop.above\nview shop.beside");
    assertThat(
            shop.refused(
                    "SELECT freshet.alter_stream_table('totals', query => 'SELECT region, id AS amount FROM orders')")
                .said())
        .isEqualTo(
            "2BP01: cannot rebuild column amount of stream table shop.totals: other objects read it");

    alterQuery("SELECT amount, 1 AS one FROM orders");
    assertThat(shop.rows("SELECT amount FROM beside ORDER BY 1")).isEqualTo("5.00\n7.00");
  }

  @Test
  void cyclesAreRefusedWithTheirPath() throws SQLException {
    shop.run(
        "SELECT freshet.create_stream_table('middle', 'SELECT region FROM totals')",
        "CREATE VIEW over AS SELECT region FROM middle",
        "SELECT freshet.create_stream_table('top', 'SELECT region FROM over')");

    assertThat(
            shop.refused(
                    "SELECT freshet.alter_stream_table('totals', query => 'SELECT region, 1.0 AS amount FROM top')")
                .said())
        .isEqualTo(
            "42P17: the query makes shop.totals read itself: shop.totals -> shop.top -> shop.over -> shop.middle -> shop.totals");
    assertThat(
            shop.refused(
                    "SELECT freshet.create_or_replace_stream_table('totals', 'SELECT * FROM totals')")
                .said())
        .isEqualTo("42P17: the query makes shop.totals read itself: shop.totals -> shop.totals");
  }

  @Test
  void theOwnerMustBeAllowedToReadWhatAnotherDefines() throws SQLException {
    superuser.run("CREATE TABLE secrets (region text, amount numeric(10,2))");

    assertThat(
            superuser
                .refused(
                    "SELECT freshet.alter_stream_table('totals', query => 'SELECT region, amount FROM secrets')")
                .said())
        .isEqualTo("42501: permission denied: role freshet may not read shop.secrets");
    superuser.run("GRANT SELECT ON secrets TO freshet");
    assertThat(
            superuser
                .refused(
                    "SELECT freshet.alter_stream_table('totals', query => 'SELECT region, amount FROM secrets')")
                .said())
        .isEqualTo("42501: permission denied: role shop may not read shop.secrets");
  }

  @Test
  void replacingChangesEverythingThatDiffers() throws SQLException {
    shop.run(
        "SELECT freshet.create_or_replace_stream_table('totals', 'SELECT region, amount FROM orders WHERE id > 1', tier => 'warm')");

    assertThat(superuser.rows("SELECT schedule, tier FROM freshet.definition"))
        .isEqualTo("calculated | warm");
    assertThat(
            superuser.rows(
                "SELECT string_agg(type, ',' ORDER BY event_id) FROM freshet.event WHERE stream LIKE 'stream_table:%'"))
        .isEqualTo("StreamTableCreated,StreamTableAltered,StreamTableRedefined");
  }

  @Test
  void aReplayGivesTheSameProjections() throws SQLException {
    alterQuery("SELECT region, amount::float8 AS amount FROM orders");
    shop.run(
        "SELECT freshet.suspend_stream_table('totals')",
        "SELECT freshet.alter_stream_table('totals', tier => 'cold')");
    String projections =
        "SELECT d, c FROM freshet.definition d JOIN freshet.condition c USING (pgt_id)";
    String before = superuser.rows(projections);

    superuser.run("SELECT freshet.rebuild_projections()");

    assertThat(superuser.rows(projections)).isEqualTo(before);
  }
}
