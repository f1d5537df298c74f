package dev.freshet.refresh.maintain;

import static dev.freshet.refresh.algebra.Catalog.Volatility.IMMUTABLE;
import static dev.freshet.refresh.algebra.Catalog.Volatility.STABLE;
import static dev.freshet.refresh.algebra.Catalog.Volatility.VOLATILE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.refresh.algebra.Catalog.Function;
import dev.freshet.refresh.algebra.Catalog.Kind;
import dev.freshet.refresh.algebra.Catalog.Volatility;
import dev.freshet.refresh.algebra.RelationName;
import dev.freshet.refresh.maintain.CatalogFacts.Refusal;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FunctionRulesTest {

  private static Optional<Refusal> against(
      String schema, String name, Volatility volatility, int arguments) {
    return FunctionRules.against(
        new RelationName(schema, name), new Function(Kind.FUNCTION, volatility, false), arguments);
  }

  private static Optional<Refusal> againstStable(String name, int arguments) {
    return against("pg_catalog", name, STABLE, arguments);
  }

  @Test
  void whatIsImmutableIsTrustedWhosesoeverItIs() {
    assertThat(against("pg_catalog", "upper", IMMUTABLE, 1)).isEmpty();
    assertThat(against("shop", "discount", IMMUTABLE, 2)).isEmpty();
    assertThat(against("pg_catalog", "now", IMMUTABLE, 0)).isEmpty();
  }

  @Test
  void whatIsVolatileIsNeverTrusted() {
    assertThat(against("pg_catalog", "random", VOLATILE, 0))
        .contains(
            new Refusal(
                "volatile_function",
                "random() is VOLATILE: it gives other values each time",
                true));
    assertThat(against("shop", "to_char", VOLATILE, 2))
        .contains(
            new Refusal(
                "volatile_function",
                "to_char() is VOLATILE: it gives other values each time",
                true));
  }

  @Test
  void aStableFunctionOfTheUsersMayReadTables() {
    assertThat(against("shop", "to_char", STABLE, 2))
        .contains(
            new Refusal(
                "stable_function",
                "shop.to_char() is STABLE and may read tables whose changes are not seen; declare it IMMUTABLE if it reads none",
                true));
  }

  @ParameterizedTest
  @ValueSource(strings = {"now", "transaction_timestamp"})
  void theTimeOfTheTransactionIsAClock(String clock) {
    assertThat(againstStable(clock, 0)).isEmpty();
    assertThat(FunctionRules.isClock(new RelationName("pg_catalog", clock), 0)).isTrue();
    assertThat(FunctionRules.isClock(new RelationName("shop", clock), 0)).isFalse();
  }

  @Test
  void theTimeOfTheStatementIsAnotherOneInEach() {
    assertThat(againstStable("statement_timestamp", 0))
        .contains(
            new Refusal(
                "depends_on_time",
                "statement_timestamp() is another one in every statement of a refresh; write now()",
                true));
  }

  @Test
  void anAgeIsCountedFromTodayUnlessBothEndsAreGiven() {
    RelationName age = new RelationName("pg_catalog", "age");

    assertThat(FunctionRules.isClock(age, 1)).isTrue();
    assertThat(FunctionRules.isClock(age, 2)).isFalse();
    assertThat(againstStable("age", 2)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "to_char",
        "concat",
        "date_trunc",
        "string_agg",
        "array_agg",
        "generate_series",
        "timestamptz_pl_interval",
        "date_eq_timestamptz",
        "interval_pl_timestamptz",
      })
  void whatDependsOnRecordedSettingsAloneIsSafe(String name) {
    assertThat(againstStable(name, 2)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "current_setting",
        "pg_relation_size",
        "has_table_privilege",
        "to_regclass",
        "txid_current_snapshot",
        "inet_client_addr",
      })
  void whatIsNotKnownToBeSafeIsNot(String name) {
    assertThat(againstStable(name, 1))
        .contains(
            new Refusal("stable_function", name + "() depends on more than its arguments", true));
  }
}
