package dev.freshet.catalog.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class PostgresServerTest {

  @Test
  void everyCallerHasADatabaseOfItsOwn() throws SQLException {
    TestDatabase first = PostgresServer.createDatabase();
    TestDatabase second = PostgresServer.createDatabase();

    first.run("CREATE TABLE t (a int)");

    assertThat(first.value("SELECT to_regclass('t')")).isEqualTo("t");
    assertThat(second.value("SELECT to_regclass('t')")).isEqualTo("null");
  }
}
