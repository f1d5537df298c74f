package dev.freshet.app.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Code of a stream table's owner that comes after the stream table never runs as the service. */
class ForeignCodeTest {

  private static final String CAUGHT =
      "SELECT count(*) FROM shop.caught WHERE by_whom <> current_user";

  private RunningEngine engine;

  @BeforeEach
  void start() throws SQLException {
    engine = RunningEngine.create();
    engine.run(
        "SET search_path = shop",
        "CREATE TABLE caught (by_whom text)",
        "GRANT ALL ON caught TO PUBLIC",
        "CREATE TABLE t (id int PRIMARY KEY, v int)",
        "INSERT INTO t VALUES (1, 1)",
        "CREATE FUNCTION catch_it() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN INSERT INTO shop.caught VALUES (current_user); RETURN old; END'",
        "CREATE FUNCTION passes(n int) RETURNS boolean LANGUAGE plpgsql AS 'BEGIN INSERT INTO shop.caught VALUES (current_user); RETURN true; END'",
        "CREATE VIEW seen AS SELECT id, v FROM t");
  }

  @AfterEach
  void stop() {
    engine.close();
  }

  @Test
  void aTriggerThatWouldFireWhenTheTableIsEmptied() throws SQLException {
    engine.run("SELECT freshet.create_stream_table('s', 'SELECT id, v FROM t', '1h')");
    engine.await("s");
    engine.run(
        "CREATE TRIGGER mine BEFORE TRUNCATE ON s EXECUTE FUNCTION catch_it()",
        "ALTER TABLE s ENABLE ALWAYS TRIGGER mine");

    assertThatThrownBy(() ->
            engine.run(
                "SELECT freshet.alter_stream_table('s', 'SELECT id::text AS id, v::text AS v FROM t')"))
        .hasMessageContaining("would run with the rights of the service");
    assertThat(engine.rows(CAUGHT)).isEqualTo("0");
  }

  @Test
  void aFunctionInAViewThatIsReplaced() throws SQLException {
    engine.run("SELECT freshet.create_stream_table('s', 'SELECT id, v FROM seen', '100ms')");
    engine.await("s");
    engine.run(
        "CREATE OR REPLACE VIEW seen AS SELECT id, CASE WHEN passes(v) THEN v END AS v FROM t",
        "INSERT INTO t VALUES (2, 2)");

    engine.awaitSeen("SELECT status IN ('ERROR', 'SUSPENDED') FROM freshet.condition", "t");
    assertThat(engine.rows(CAUGHT)).isEqualTo("0");
  }

  @Test
  void aCheckOfADomainThatTheQueryCastsTo() throws SQLException {
    engine.run(
        "CREATE DOMAIN inner_domain AS int",
        "CREATE DOMAIN outer_domain AS inner_domain",
        "SELECT freshet.create_stream_table('s', 'SELECT id, v::outer_domain::int AS v FROM t', '100ms')");
    engine.await("s");
    engine.run("INSERT INTO t VALUES (2, 2)");
    engine.refresh("s");
    engine.run(
        "ALTER DOMAIN inner_domain ADD CHECK (passes(VALUE)) NOT VALID",
        "INSERT INTO t VALUES (3, 3)");

    engine.awaitSeen("SELECT status IN ('ERROR', 'SUSPENDED') FROM freshet.condition", "t");
    assertThat(engine.rows(CAUGHT)).isEqualTo("0");
    assertThat(engine.seen("SELECT last_error FROM freshet.condition"))
        .contains("type shop.inner_domain calls shop.passes(integer)");
  }

  @Test
  void aCheckByAnOperator() throws SQLException {
    engine.run(
        "CREATE FUNCTION same(a int, b int) RETURNS boolean LANGUAGE plpgsql AS 'BEGIN INSERT INTO shop.caught VALUES (current_user); RETURN true; END'",
        "CREATE OPERATOR === (FUNCTION = same, LEFTARG = int, RIGHTARG = int)",
        "CREATE DOMAIN compared AS int CHECK (VALUE === 1)");

    assertThatThrownBy(() ->
            engine.run(
                "SELECT freshet.create_stream_table('s', 'SELECT id, v::compared AS v FROM t')"))
        .hasMessageContaining("calls shop.same(integer,integer)")
        .hasMessageContaining("would run with the rights of the service");
  }

  @Test
  void aTypeThatIsReadFromText() throws SQLException {
    engine.run(
        "CREATE DOMAIN checked AS int CHECK (passes(VALUE))",
        "CREATE TYPE pair AS (a checked, b int)");

    assertThatThrownBy(() ->
            engine.run(
                "SELECT freshet.create_stream_table('s', 'SELECT id, (format(''(%s,1)'', v)::pair).b AS v FROM t')"))
        .hasMessageContaining("would run with the rights of the service");
  }

  @Test
  void aVerificationOfAFreshTable() throws SQLException {
    engine.run(
        "CREATE DOMAIN plain AS int",
        "SELECT freshet.create_stream_table('s', 'SELECT id, v::plain::int AS v FROM t', '1h')");
    engine.await("s");
    engine.run("ALTER DOMAIN plain ADD CHECK (passes(VALUE)) NOT VALID");

    assertThatThrownBy(() -> engine.verify("s"))
        .hasMessageContaining("would run with the rights of the service");
    assertThat(engine.rows(CAUGHT)).isEqualTo("0");
  }
}
