package dev.freshet.catalog.surface;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** Dropping, releasing a source, and what others do behind our back. */
class DropAndReleaseTest {

  private final ShopDatabase database = ShopDatabase.create();
  private final Caller shop = database.shop();
  private final Caller superuser = database.superuser();
  private final Caller service = new Caller(database.service());

  private void create(String name, String query) throws SQLException {
    shop.run("SELECT freshet.create_stream_table('%s', $q$%s$q$)".formatted(name, query));
  }

  private String remaining() throws SQLException {
    return superuser.rows(
        "SELECT string_agg(relname, ',' ORDER BY relname) FROM pg_class WHERE relnamespace IN ('freshet_def'::regnamespace, 'freshet_state'::regnamespace)"
            + " OR relnamespace = 'shop'::regnamespace AND relkind = 'r' AND relname NOT IN ('orders', 'customers')");
  }

  @Test
  void everythingOfItIsDropped() throws SQLException {
    create("gone", "SELECT id FROM orders");
    service.run(
        "CREATE TABLE freshet_state.s1_groups (a int)",
        "CREATE TABLE freshet_state.s11_groups (a int)");

    shop.run("SELECT freshet.drop_stream_table('gone')");

    assertThat(remaining()).isEqualTo("s11_groups");
    assertThat(
            superuser.rows(
                "SELECT (SELECT count(*) FROM freshet.definition), (SELECT count(*) FROM freshet.frontier)"))
        .isEqualTo("0 | 0");
    assertThat(shop.refused("SELECT freshet.drop_stream_table('gone')").said())
        .isEqualTo("42P01: stream table gone does not exist");
    assertThat(shop.refused("SELECT freshet.drop_stream_table('orders')").said())
        .isEqualTo("42809: shop.orders is not a stream table");
  }

  @Test
  void dependentsAreListedOrDroppedToo() throws SQLException {
    create("base", "SELECT id FROM orders");
    create("middle", "SELECT id FROM base");
    shop.run("CREATE VIEW through AS SELECT id FROM middle");
    create("top", "SELECT a.id FROM through a JOIN base USING (id)");

    Refusal refusal = shop.refused("SELECT freshet.drop_stream_table('base')");
    assertThat(refusal.said())
        .isEqualTo("2BP01: cannot drop stream table shop.base, because other objects depend on it");
    assertThat(refusal.detail())
        .isEqualTo("stream table shop.middle\nstream table shop.top\nview shop.through");

    shop.run("SELECT freshet.drop_stream_table('base', cascade => true)");
    assertThat(remaining()).isEqualTo("null");
    assertThat(superuser.rows("SELECT count(*) FROM freshet.definition")).isEqualTo("0");
  }

  @Test
  void dropTableIsNoticed() throws SQLException {
    create("plain", "SELECT id FROM orders");
    service.run("CREATE TABLE freshet_state.s1_groups (a int)");

    shop.run("DROP TABLE plain");
    assertThat(service.rows("SELECT freshet.notice_catalog_changes()")).isEqualTo("1");

    assertThat(remaining()).isEqualTo("null");
    assertThat(
            superuser.rows(
                "SELECT type, payload FROM freshet.event ORDER BY event_id DESC LIMIT 1"))
        .isEqualTo("StreamTableDropped | {\"noticed\": true}");
  }

  @Test
  void aTableDroppedButNotNoticedCanBeDroppedByName() throws SQLException {
    create("plain", "SELECT id FROM orders");

    shop.run("DROP TABLE plain", "SELECT freshet.drop_stream_table('plain')");

    assertThat(remaining()).isEqualTo("null");
  }

  @Test
  void renamingAndMovingAreFollowed() throws SQLException {
    create("before", "SELECT id FROM orders");
    superuser.run(
        "CREATE SCHEMA elsewhere AUTHORIZATION shop",
        "ALTER TABLE before RENAME TO after",
        "ALTER TABLE after SET SCHEMA elsewhere");

    assertThat(service.rows("SELECT freshet.notice_catalog_changes()")).isEqualTo("1");
    assertThat(service.rows("SELECT freshet.notice_catalog_changes()")).isEqualTo("0");

    assertThat(superuser.rows("SELECT pgt_schema, pgt_name FROM freshet.definition"))
        .isEqualTo("elsewhere | after");
    shop.run("SELECT freshet.suspend_stream_table('elsewhere.after')");
    assertThat(shop.refused("INSERT INTO elsewhere.after VALUES (1)").said())
        .isEqualTo("55000: elsewhere.after is a stream table: only its refreshes write to it");
  }

  @Test
  void aSourceDroppedWithCascadeIsSaid() throws SQLException {
    shop.run("CREATE TABLE source (id int)");
    create("orphan", "SELECT id FROM source");

    assertThat(shop.refused("DROP TABLE source").state()).isEqualTo("2BP01");
    shop.run("DROP TABLE source CASCADE");
    assertThat(service.rows("SELECT freshet.notice_catalog_changes()")).isEqualTo("1");
    assertThat(service.rows("SELECT freshet.notice_catalog_changes()")).isEqualTo("0");

    assertThat(superuser.rows("SELECT status, last_error_code, last_error FROM freshet.condition"))
        .isEqualTo(
            "ERROR | 42P01 | a relation or column that the query reads was dropped with CASCADE;"
                + " the rows are those of the last refresh. The query was: SELECT id FROM source");
    assertThat(service.rows("SELECT freshet.readopt(1)")).isEqualTo("f");
    assertThat(superuser.rows("SELECT status, last_error FROM freshet.condition"))
        .isEqualTo("ERROR | relation \"shop.source\" does not exist");

    shop.run("CREATE TABLE source (id int)", "SELECT freshet.repair_stream_table('orphan')");
    assertThat(service.rows("SELECT freshet.readopt(1)")).isEqualTo("t");
    assertThat(
            superuser.rows(
                "SELECT status, last_error, view_relid::regclass FROM freshet.condition JOIN freshet.definition USING (pgt_id)"))
        .isEqualTo("INITIALIZING | null | freshet_def.st_1");
  }

  @Test
  void anotherTableOfTheSameNameIsCheckedForTheOwner() throws SQLException {
    shop.run("CREATE TABLE source (id int)");
    create("orphan", "SELECT id FROM source");
    shop.run("DROP TABLE source CASCADE");
    service.rows("SELECT freshet.notice_catalog_changes()");

    superuser.run("CREATE TABLE shop.source (id int)", "GRANT SELECT ON shop.source TO freshet");
    assertThat(service.rows("SELECT freshet.readopt(1)")).isEqualTo("f");

    assertThat(superuser.rows("SELECT last_error_code, last_error FROM freshet.condition"))
        .isEqualTo("42501 | permission denied: role shop may not read shop.source");
  }

  @Test
  void releasingLetsPostgresChangeAType() throws SQLException {
    shop.run("CREATE VIEW between AS SELECT region FROM orders");
    create("direct", "SELECT region, count(*) AS n FROM orders GROUP BY region");
    create("unrelated", "SELECT name FROM customers");
    service.rows("SELECT freshet.ensure_capture('shop.orders'::regclass, '{3}', 1000000, 1000)");

    assertThat(shop.refused("ALTER TABLE orders ALTER region TYPE varchar(90)").state())
        .isEqualTo("0A000");
    shop.run(
        "BEGIN",
        "SELECT freshet.release_source('orders')",
        "DROP VIEW between",
        "ALTER TABLE orders ALTER region TYPE varchar(90)",
        "ALTER TABLE orders RENAME region TO area",
        "ALTER TABLE orders RENAME area TO region",
        "COMMIT");

    assertThat(
            superuser.rows(
                "SELECT pgt_name, view_relid IS NULL, full_reason FROM freshet.definition JOIN freshet.condition USING (pgt_id) ORDER BY 1"))
        .isEqualTo("direct | t | capture_changed\nunrelated | f | null");
    assertThat(
            service.rows(
                "SELECT pgt_id, freshet.readopt(pgt_id) FROM freshet.definition ORDER BY 1"))
        .isEqualTo("1 | t\n2 | t");
    assertThat(
            superuser.rows(
                "SELECT string_agg(name || ' ' || type, ', ' ORDER BY place) FROM freshet.columns_of('shop.direct'::regclass)"))
        .isEqualTo("region character varying(90), n bigint");
    assertThat(
            superuser.rows(
                "SELECT type, payload ->> 'rebuilt' FROM freshet.event ORDER BY event_id DESC LIMIT 1"))
        .isEqualTo("StreamTableRedefined | true");
  }

  @Test
  void releasingTakesCaptureOffTheWholeFamily() throws SQLException {
    shop.run(
        "CREATE TABLE parted (id int, region text) PARTITION BY LIST (region)",
        "CREATE TABLE part_north PARTITION OF parted FOR VALUES IN ('north')");
    create("captured", "SELECT id, region FROM parted");
    service.rows("SELECT freshet.ensure_capture('shop.parted'::regclass, '{1,2}', 1000000, 1000)");
    String ours =
        "SELECT count(*) > 0 FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid WHERE p.pronamespace = 'freshet_buffer'::regnamespace";
    assertThat(superuser.rows(ours)).isEqualTo("t");

    shop.run("SELECT freshet.release_source('part_north')");

    assertThat(superuser.rows(ours)).isEqualTo("f");
    assertThat(superuser.rows("SELECT count(*) FROM freshet.capture")).isEqualTo("0");
    assertThat(
            superuser.rows(
                "SELECT view_relid, full_reason FROM freshet.definition JOIN freshet.condition USING (pgt_id)"))
        .isEqualTo("null | capture_changed");
    shop.run("INSERT INTO parted VALUES (1, 'north')");
  }

  @Test
  void aRepairRestoresColumnsAndGuard() throws SQLException {
    create("mended", "SELECT id, region FROM orders");
    shop.run(
        "DROP TRIGGER freshet_guard ON mended",
        "ALTER TABLE mended DROP COLUMN region, ADD COLUMN extra int");

    assertThat(service.rows("SELECT freshet.readopt(1)")).isEqualTo("t");

    assertThat(
            superuser.rows(
                "SELECT string_agg(name, ', ' ORDER BY place) FROM freshet.columns_of('shop.mended'::regclass)"))
        .isEqualTo("id, region");
    assertThat(shop.refused("DELETE FROM mended").state()).isEqualTo("55000");
  }
}
