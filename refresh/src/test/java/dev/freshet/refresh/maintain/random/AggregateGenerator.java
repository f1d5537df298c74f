package dev.freshet.refresh.maintain.random;

import dev.freshet.refresh.maintain.random.ExpressionGenerator.Typed;

/**
 * Random aggregates, each with one right result: what depends on the order of rows is ordered.
 *
 * @param exactInput whether equal numbers of the input look alike
 * @param outermost whether nothing is computed from the result, so that the last digits of floats
 *     do no harm
 */
record AggregateGenerator(
    Dice dice, ExpressionGenerator expressions, boolean exactInput, boolean outermost) {

  /** Where FILTER goes, if not at the end. */
  private static final String FILTER = "{filter}";

  Typed any() {
    Typed call = call();
    boolean filtered = dice.chance(20);
    String filter = filtered ? " FILTER (WHERE %s)".formatted(expressions.condition()) : "";
    String text =
        call.text().contains(FILTER) ? call.text().replace(FILTER, filter) : call.text() + filter;
    return new Typed(text, call.kind());
  }

  private Typed call() {
    Typed argument = expressions.any();
    String x = argument.text();
    return switch (dice.between(0, 11)) {
      case 0, 1 -> new Typed("count(*)", Kind.BIG);
      case 2 -> new Typed("count(%s)".formatted(x), Kind.BIG);
      case 3 -> new Typed("count(DISTINCT %s)".formatted(x), Kind.BIG);
      case 4, 5 ->
          argument.kind() == Kind.BOOLEAN
              ? new Typed("%s(%s)".formatted(dice.oneOf("bool_and", "bool_or"), x), Kind.BOOLEAN)
              : new Typed("%s(%s)".formatted(dice.oneOf("min", "max"), x), argument.kind());
      default -> argument.kind().isNumber() ? number(argument) : other(argument);
    };
  }

  private Typed number(Typed argument) {
    String x = argument.text();
    int choice = dice.between(0, 9);
    boolean divides = choice >= 5;
    boolean digitsDiffer =
        argument.kind() == Kind.FLOAT ? !outermost : argument.kind() == Kind.NUMBER && !exactInput;
    if (choice < 5 || digitsDiffer) {
      return new Typed("sum(%s)".formatted(x), sumOf(argument.kind()));
    }
    String function = dice.oneOf("avg", "avg", "avg", "stddev", "var_pop");
    Kind result = argument.kind() == Kind.FLOAT ? Kind.FLOAT : Kind.NUMBER;
    return new Typed("%s(%s)".formatted(divides ? function : "avg", x), result);
  }

  private static Kind sumOf(Kind kind) {
    return switch (kind) {
      case INTEGER -> Kind.BIG;
      case FLOAT -> Kind.FLOAT;
      case BIG, DECIMAL, NUMBER, TEXT, DATE, BOOLEAN -> Kind.NUMBER;
    };
  }

  private Typed other(Typed argument) {
    String x = argument.text();
    return switch (argument.kind()) {
      case TEXT -> new Typed("string_agg(%1$s, ',' ORDER BY %1$s)".formatted(x), Kind.TEXT);
      case DATE ->
          new Typed("(array_agg(%1$s ORDER BY %1$s)%2$s)::text".formatted(x, FILTER), Kind.TEXT);
      case BOOLEAN -> new Typed("bool_or(%s)".formatted(x), Kind.BOOLEAN);
      case INTEGER, BIG, DECIMAL, NUMBER, FLOAT -> number(argument);
    };
  }
}
