package dev.freshet.refresh.maintain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.freshet.refresh.algebra.NotDifferentiable;
import dev.freshet.refresh.parse.SqlParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TreeRulesTest {

  private static final SqlParser PARSER = new SqlParser();

  private static void refuses(String query, String code, String sentence, int position) {
    NotDifferentiable reason =
        catchThrowableOfType(NotDifferentiable.class, () -> TreeRules.require(PARSER.parse(query)));
    assertThat(reason).as("the reason against %s", query).isNotNull();
    assertThat(
            "%s: %s at %d"
                .formatted(reason.code(), reason.getMessage(), reason.position().character()))
        .isEqualTo("%s: %s at %d".formatted(code, sentence, position));
  }

  @Test
  void aWholeRowIsNoValue() {
    String sentence = "a whole row as a value has no delta rule; name its columns";

    refuses("SELECT t.*::text AS whole FROM shop.t", "whole_row", sentence, 0);
    refuses("SELECT count(t.*) AS n FROM shop.t", "whole_row", sentence, 0);
    refuses(
        "SELECT q.n FROM (SELECT row_to_json(t.*) AS n FROM shop.t) q", "whole_row", sentence, 0);
  }

  @Test
  void allRowsAreCountedWithoutNamingOne() {
    assertThatCode(() -> TreeRules.require(PARSER.parse("SELECT count(*) AS n FROM shop.t")))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ctid", "xmin", "xmax", "cmin", "cmax", "tableoid"})
  void systemColumnsAreNotCaptured(String column) {
    refuses(
        "SELECT t.a FROM shop.t WHERE t.%s IS NOT NULL".formatted(column),
        "system_column",
        "system column %s is not captured".formatted(column),
        30);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT t.a AS %s FROM shop.t",
        "SELECT t.%s FROM shop.t",
        "SELECT %s.a FROM shop.t %1$s",
        "SELECT t.a FROM shop.t t(a, %s)",
        "SELECT q.a FROM (SELECT t.a, t.b AS %s FROM shop.t) q",
      })
  void namesOfTheGeneratedStatementsAreTheirOwn(String query) {
    for (String name :
        new String[] {"__weight", "__row", "__touched", "__join12", "__came_x", "__now"}) {
      refuses(
          query.replace("%1$s", name).replace("%s", name),
          "reserved_name",
          "the name %s is used by generated statements; rename it by an alias".formatted(name),
          0);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"weight", "_weight", "__weights", "__join", "__joined", "touched"})
  void otherNamesAreTheUsers(String name) {
    String query = "SELECT t.a AS %s FROM shop.t".formatted(name);

    assertThatCode(() -> TreeRules.require(PARSER.parse(query))).doesNotThrowAnyException();
  }
}
