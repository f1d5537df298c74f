package dev.freshet.refresh.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.refresh.algebra.Column;
import dev.freshet.refresh.algebra.ColumnType;
import dev.freshet.refresh.algebra.Scope;
import dev.freshet.refresh.parse.SqlParser;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumericScaleTest {

  private static final SqlParser PARSER = new SqlParser();

  private static final Scope ORDERS =
      new Scope(
          List.of(
              new Scope.Entry(
                  "o",
                  List.of(
                      column("amount", "int4", -1),
                      column("price", "numeric", declared(10, 2)),
                      column("thousands", "numeric", declared(10, -3)),
                      column("weight", "numeric", -1),
                      column("length", "float8", -1)),
                  List.of())));

  private static Column column(String name, String type, int modifier) {
    return new Column(name, typeOf(type, modifier), false);
  }

  private static ColumnType typeOf(String type, int modifier) {
    return new ColumnType("pg_catalog", type, type, 'b', modifier, "", true);
  }

  /** As make_numeric_typmod of PostgreSQL's numeric.c. */
  private static int declared(int precision, int scale) {
    return ((precision << 16) | (scale & 0x7ff)) + 4;
  }

  private static OptionalInt scaleOf(String expression) {
    return new NumericScale(ORDERS).of(PARSER.parseExpression(expression));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "o.amount | 0",
        "o.price | 2",
        "o.thousands | 0",
        "12 | 0",
        "1.50 | 2",
        "'-7.125'::numeric | 3",
        "'+7.'::numeric | 0",
        "- o.price | 2",
        "o.price::numeric(12,4) | 4",
        "o.weight::numeric(12) | 0",
        "o.amount::numeric | 0",
        "o.length::int8 | 0",
      })
  void whatIsDeclaredIsKnown(String expression, int scale) {
    assertThat(scaleOf(expression)).hasValue(scale);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "o.price + 1.125 | 3",
        "o.price - o.amount::numeric | 2",
        "o.price * 1.5 | 3",
        "(o.price * o.price) + 0.1 | 4",
        "CASE WHEN o.amount > 1 THEN o.price ELSE 0.00 END | 2",
        "CASE WHEN o.amount > 1 THEN o.price ELSE NULL END | 2",
      })
  void sumsKeepTheLongerAndProductsAddUp(String expression, int scale) {
    assertThat(scaleOf(expression)).hasValue(scale);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "o.weight",
        "o.length",
        "o.missing",
        "o.weight::numeric",
        "o.price / 3.0",
        "o.price % 3.0",
        "o.price ^ 2.0",
        "o.price + o.weight",
        "o.price OPERATOR(shop.+) o.price",
        "round(o.price, 1)",
        "COALESCE(o.price, 0.0)",
        "'NaN'::numeric",
        "1e3",
        "o.price::shop.price",
        "ARRAY[o.price]::numeric[]",
        "CASE WHEN o.amount > 1 THEN o.price ELSE 0.0 END",
        "CASE WHEN o.amount > 1 THEN o.price ELSE o.weight END",
      })
  void whatMayDifferFromRowToRowIsNot(String expression) {
    assertThat(scaleOf(expression)).isEmpty();
  }

  @Test
  void aTypeAloneTellsItsScale() {
    assertThat(NumericScale.of(typeOf("int8", -1))).hasValue(0);
    assertThat(NumericScale.of(typeOf("numeric", declared(5, 5)))).hasValue(5);
    assertThat(NumericScale.of(typeOf("numeric", declared(1000, 1000)))).hasValue(1000);
    assertThat(NumericScale.of(typeOf("numeric", declared(2, -1000)))).hasValue(0);
    assertThat(NumericScale.of(typeOf("numeric", -1))).isEmpty();
    assertThat(NumericScale.of(typeOf("money", -1))).isEmpty();
  }
}
