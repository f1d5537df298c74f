package dev.freshet.refresh.maintain;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class InnerStagesTest {

  private static EngineDatabase database;

  @BeforeAll
  static void start() throws SQLException {
    database = new EngineDatabase();
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  /** The two strings have the same {@link String#hashCode()}. */
  @Test
  void stagesWhoseTextsHashAlikeAreNotMistakenForEachOther() throws SQLException {
    assertThat("Aa".hashCode()).isEqualTo("BB".hashCode());
    try (EngineDatabase.UserSession user = database.user()) {
      user.run(
          "CREATE TABLE t (kind text, n int)",
          "INSERT INTO t VALUES ('Aa', 1), ('BB', 2), ('BB', 3)");
      MaintainedQuery maintained =
          MaintainedQuery.create(
              database,
              user,
              "st",
              """
              SELECT avg(n) AS a FROM t WHERE kind = 'Aa' GROUP BY kind
              UNION ALL
              SELECT avg(n) FROM t WHERE kind = 'BB' GROUP BY kind\
              """);
      user.run("INSERT INTO t VALUES ('Aa', 7), ('BB', 9)");

      assertThat(maintained.refresh()).isEqualTo("DIFFERENTIAL");
      assertThat(maintained.verify()).isEqualTo("0 missing, 0 unexpected");
    }
  }

  @Test
  void aWholeRowInsideAViewIsComputedWhole() throws SQLException {
    try (EngineDatabase.UserSession user = database.user()) {
      user.run(
          "CREATE TABLE t (a int, b int)",
          "CREATE VIEW v AS SELECT a, t.*::text AS whole FROM t",
          "INSERT INTO t VALUES (1, 2)");
      MaintainedQuery maintained =
          MaintainedQuery.create(database, user, "st", "SELECT a, whole FROM v");

      assertThat(maintained.plan.maintainability())
          .isInstanceOfSatisfying(
              Maintainability.FullOnly.class,
              full -> assertThat(full.code()).isEqualTo("whole_row"));
    }
  }

  @Test
  void aViewThatIsNotReadableIsComputedWhole() throws SQLException {
    try (EngineDatabase.UserSession user = database.user()) {
      user.run(
          "CREATE TABLE t (a int)",
          "CREATE VIEW deep AS SELECT a" + " + 1".repeat(150) + " AS sum FROM t",
          "INSERT INTO t VALUES (2)");
      MaintainedQuery maintained =
          MaintainedQuery.create(database, user, "st", "SELECT sum FROM deep");

      assertThat(maintained.plan.maintainability())
          .isInstanceOfSatisfying(
              Maintainability.FullOnly.class,
              full -> {
                assertThat(full.code()).isEqualTo("syntax");
                assertThat(full.sentence()).startsWith("the view case_").contains(".deep: ");
              });
      user.run("INSERT INTO t VALUES (NULL)");
      assertThat(maintained.refresh()).isEqualTo("FULL");
      assertThat(maintained.verify()).isEqualTo("0 missing, 0 unexpected");
    }
  }
}
