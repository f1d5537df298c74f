package dev.freshet.refresh.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.freshet.catalog.testing.PostgresServer;
import dev.freshet.catalog.testing.TestDatabase;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Statements as they are printed; PostgreSQL must accept each of them. */
class SqlRendererTest {
  private static final TableReference STOCK = TableReference.of("shop", "stock").as("s");
  private static final TableReference DELTA = TableReference.of("delta").as("d");
  private static final ColumnReference KEY = Sql.column("d", "Key");
  private static final ColumnReference COUNT = Sql.column("d", "n");

  private static TestDatabase database;

  @BeforeAll
  static void createTables() throws SQLException {
    database = PostgresServer.createDatabase();
    database.run(
        "CREATE SCHEMA shop",
        "CREATE TABLE shop.stock (\"Key\" integer PRIMARY KEY, n bigint NOT NULL, \"select\" text)",
        "CREATE TABLE delta (\"Key\" integer, n bigint, weight integer)");
  }

  private static void prints(Statement statement, String expected) throws SQLException {
    String sql = SqlRenderer.render(statement);
    assertThat(sql).isEqualTo(expected.stripTrailing());
    database.run("PREPARE printed AS " + sql);
  }

  @Test
  void upsert() throws SQLException {
    Select source = Select.builder().target(KEY).target(COUNT).from(DELTA).build();
    OnConflict.Key key = new OnConflict.Key(List.of(Sql.column("Key")), List.of());
    List<Assignment> assignments =
        List.of(new Assignment("n", Sql.plus(Sql.column("s", "n"), Sql.column("excluded", "n"))));
    prints(
        Insert.of(STOCK, List.of("Key", "n"), source)
            .onConflict(
                new OnConflict.DoUpdate(
                    key,
                    assignments,
                    List.of(Sql.notEqual(Sql.column("excluded", "n"), Sql.integer(0)))))
            .returning(List.of(new Target(Sql.column("s", "Key"), "key"))),
        """
        INSERT INTO shop.stock AS s ("Key", n)
        SELECT d."Key", d.n
        FROM delta AS d
        ON CONFLICT ("Key") DO UPDATE
        SET n = s.n + excluded.n
        WHERE excluded.n <> 0
        RETURNING s."Key" AS key
        """);
  }

  @Test
  void insertOfValues() throws SQLException {
    prints(
        Insert.of(
                TableReference.of("shop", "stock"),
                List.of(),
                Values.of(
                    List.of(
                        List.of(Sql.integer(1), Sql.integer(-2), Sql.text("it's")),
                        List.of(Sql.parameter(1), Sql.integer(3), new DefaultValue()))))
            .onConflict(new OnConflict.DoNothing(new OnConflict.Key(List.of(), List.of()))),
        """
        INSERT INTO shop.stock
        VALUES (1, -2, 'it''s'), ($1, 3, DEFAULT)
        ON CONFLICT DO NOTHING
        """);
  }

  @Test
  void update() throws SQLException {
    prints(
        new Update(
            With.NONE,
            STOCK,
            List.of(new Assignment("n", COUNT), new Assignment("select", Sql.nothing())),
            List.of(DELTA),
            List.of(Sql.equal(Sql.column("s", "Key"), KEY), Sql.greater(COUNT, Sql.integer(0))),
            List.of()),
        """
        UPDATE shop.stock AS s
        SET n = d.n, "select" = NULL
        FROM delta AS d
        WHERE (s."Key" = d."Key") AND (d.n > 0)
        """);
  }

  @Test
  void changesInCommonTables() throws SQLException {
    Delete gone =
        new Delete(
            With.NONE,
            STOCK,
            List.of(DELTA),
            List.of(Sql.equal(Sql.column("s", "Key"), KEY)),
            List.of(new Target(Sql.column("s", "Key"), "")));
    prints(
        Select.builder()
            .with(
                With.of(
                    List.of(
                        CommonTable.of("gone", gone)
                            .materialized(CommonTable.Materialization.MATERIALIZED))))
            .target(Sql.countAll(), "rows")
            .from(TableReference.of("gone"))
            .build(),
        """
        WITH
          gone AS MATERIALIZED (
            DELETE FROM shop.stock AS s
            USING delta AS d
            WHERE s."Key" = d."Key"
            RETURNING s."Key"
          )
        SELECT count(*) AS rows
        FROM gone
        """);
  }

  @Test
  void merge() throws SQLException {
    prints(
        new Merge(
            With.NONE,
            STOCK,
            DELTA,
            List.of(Sql.equal(Sql.column("s", "Key"), KEY)),
            List.of(
                new Merge.Clause(
                    Merge.Match.MATCHED,
                    List.of(Sql.less(COUNT, Sql.integer(0)), Sql.isNotNull(KEY)),
                    new Merge.DeleteRow()),
                new Merge.Clause(
                    Merge.Match.MATCHED,
                    List.of(Sql.isDistinctFrom(Sql.column("s", "n"), COUNT)),
                    new Merge.UpdateRow(List.of(new Assignment("n", COUNT)))),
                new Merge.Clause(Merge.Match.MATCHED, List.of(), new Merge.DoNothing()),
                new Merge.Clause(
                    Merge.Match.NOT_MATCHED,
                    List.of(),
                    new Merge.InsertRow(List.of("Key", "n"), List.of(KEY, COUNT)))),
            List.of()),
        """
        MERGE INTO shop.stock AS s
        USING delta AS d
        ON s."Key" = d."Key"
        WHEN MATCHED AND (d.n < 0) AND (d."Key" IS NOT NULL) THEN
          DELETE
        WHEN MATCHED AND (s.n IS DISTINCT FROM d.n) THEN
          UPDATE SET n = d.n
        WHEN MATCHED THEN
          DO NOTHING
        WHEN NOT MATCHED THEN
          INSERT ("Key", n)
          VALUES (d."Key", d.n)
        """);
  }

  @Test
  void longListsGetALineForEachElement() throws SQLException {
    SelectBuilder wide = Select.builder().from(STOCK);
    for (int i = 0; i < 4; i++) {
      wide.target(Sql.coalesce(Sql.column("s", "n"), Sql.integer(i)), "a_rather_long_name_" + i);
    }
    prints(
        Sql.unionAll(wide.build(), wide.build().withWith(With.NONE)),
        """
        SELECT
          COALESCE(s.n, 0) AS a_rather_long_name_0,
          COALESCE(s.n, 1) AS a_rather_long_name_1,
          COALESCE(s.n, 2) AS a_rather_long_name_2,
          COALESCE(s.n, 3) AS a_rather_long_name_3
        FROM shop.stock AS s
        UNION ALL
        SELECT
          COALESCE(s.n, 0) AS a_rather_long_name_0,
          COALESCE(s.n, 1) AS a_rather_long_name_1,
          COALESCE(s.n, 2) AS a_rather_long_name_2,
          COALESCE(s.n, 3) AS a_rather_long_name_3
        FROM shop.stock AS s
        """);
  }

  @Test
  void operatorsNestInParentheses() {
    Expression sum = Sql.plus(Sql.column("a"), Sql.integer(-1));

    assertThat(SqlRenderer.render(Sql.times(sum, Sql.negative(sum))))
        .isEqualTo("(a + (-1)) * (- (a + (-1)))");
    assertThat(SqlRenderer.render(Sql.not(Sql.and(Sql.isNull(sum), Sql.or(sum, sum)))))
        .isEqualTo("NOT (((a + (-1)) IS NULL) AND ((a + (-1)) OR (a + (-1))))");
    assertThat(SqlRenderer.render(Sql.cast(sum, "int8"))).isEqualTo("(a + (-1))::bigint");
  }

  @Test
  void nestedJoinsKeepTheirShape() {
    FromItem left = Sql.join(JoinItem.Kind.LEFT, STOCK, DELTA, List.of(Sql.truth()));
    FromItem right = Sql.join(JoinItem.Kind.INNER, STOCK, left, List.of());

    assertThat(SqlRenderer.render(right))
        .isEqualTo(
            """
            shop.stock AS s
              CROSS JOIN (
              shop.stock AS s
                LEFT JOIN delta AS d ON true
            )\
            """);
  }

  @Test
  void aCommentCannotEndEarly() throws SQLException {
    Statement one = Select.builder().target(Sql.integer(1)).build();
    String sql = SqlRenderer.render("shop.orders\n */ DROP TABLE x;\rDROP TABLE y; --", one);

    assertThat(sql)
        .isEqualTo("-- shop.orders\n--  */ DROP TABLE x;\n-- DROP TABLE y; --\nSELECT 1");
    database.run(sql);
  }

  @Test
  void numbersAreNumbers() {
    assertThat(List.of("0", "-17", "1.50", ".5", "1e-7", "12345678901234567890", "0xFF"))
        .allSatisfy(text -> assertThat(new Literal.Numeric(text).text()).isEqualTo(text));
    assertThat(List.of("", "1--", "1+1", "x", "1 OR true", "e5", "--1"))
        .allSatisfy(text ->
            assertThatIllegalArgumentException().isThrownBy(() -> new Literal.Numeric(text)));
  }
}
