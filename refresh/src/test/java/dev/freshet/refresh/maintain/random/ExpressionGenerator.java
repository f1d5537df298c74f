package dev.freshet.refresh.maintain.random;

import java.util.List;

/** Random expressions over the columns that a query sees. */
final class ExpressionGenerator {

  /** A column as an expression refers to it. */
  record Visible(String reference, Kind kind) {}

  /** An expression and its type. */
  record Typed(String text, Kind kind) {}

  private static final int CLOCKS_PERCENT = 40;

  private final Dice dice;
  private final List<Visible> columns;
  private final List<RandomTable> subqueried;

  /** Without subqueries. */
  ExpressionGenerator(Dice dice, List<Visible> columns) {
    this(dice, columns, List.of());
  }

  /**
   * @param subqueried what subqueries read; none, and there are none
   */
  ExpressionGenerator(Dice dice, List<Visible> columns, List<RandomTable> subqueried) {
    this.dice = dice;
    this.columns = List.copyOf(columns);
    this.subqueried = List.copyOf(subqueried);
  }

  private boolean subqueries(int percent) {
    return !subqueried.isEmpty() && dice.chance(percent);
  }

  private SubqueryGenerator subquery() {
    return new SubqueryGenerator(dice, subqueried, columns, 0);
  }

  Typed any() {
    if (subqueries(6)) {
      return subquery().scalar();
    }
    Visible column = dice.oneOf(columns);
    return dice.chance(65) ? bare(column) : over(column);
  }

  /** An expression of the type wanted, a constant if need be. */
  Typed of(Kind kind) {
    List<Visible> fitting = columns.stream().filter(column -> column.kind() == kind).toList();
    if (fitting.isEmpty()) {
      String constant = dice.chance(30) ? "NULL" : kind.literal(dice);
      return new Typed("(%s)::%s".formatted(constant, kind.type()), kind);
    }
    return bare(dice.oneOf(fitting));
  }

  private static Typed bare(Visible column) {
    return new Typed(column.reference(), column.kind());
  }

  private Typed over(Visible column) {
    String c = column.reference();
    Kind kind = column.kind();
    return switch (kind) {
      case INTEGER -> overInteger(c);
      case BIG, NUMBER, FLOAT ->
          new Typed(dice.oneOf("COALESCE(%s, 0)", "%s + 1", "NULLIF(%s, 1)").formatted(c), kind);
      case DECIMAL ->
          new Typed(
              dice.oneOf("COALESCE(%s, 0.00)", "%s * 2.5", "%s + 1.25", "(- %s)", "(%s)::numeric")
                  .formatted(c),
              Kind.NUMBER);
      case TEXT ->
          dice.chance(30)
              ? new Typed("length(%s)".formatted(c), Kind.INTEGER)
              : new Typed(
                  dice.oneOf("upper(%s)", "COALESCE(%s, '?')", "%s || '!'", "left(%s, 1)")
                      .formatted(c),
                  kind);
      case DATE ->
          dice.chance(30)
              ? new Typed("EXTRACT(day FROM %s)::int4".formatted(c), Kind.INTEGER)
              : new Typed(dice.oneOf("%s + 1", "date_trunc('month', %s)::date").formatted(c), kind);
      case BOOLEAN ->
          dice.chance(30)
              ? new Typed("CASE WHEN %s THEN 1 ELSE 0 END".formatted(c), Kind.INTEGER)
              : new Typed("NOT %s".formatted(c), kind);
    };
  }

  private Typed overInteger(String column) {
    return switch (dice.between(0, 5)) {
      case 0 -> new Typed("COALESCE(%s, 0)".formatted(column), Kind.INTEGER);
      case 1 -> new Typed("%s %% 3".formatted(column), Kind.INTEGER);
      case 2 -> new Typed("%s::numeric / 3".formatted(column), Kind.NUMBER);
      case 3 -> new Typed("%s::text".formatted(column), Kind.TEXT);
      case 4 -> new Typed("CASE WHEN %s THEN %s END".formatted(condition(), column), Kind.INTEGER);
      default -> new Typed("%s + %s".formatted(column, of(Kind.INTEGER).text()), Kind.INTEGER);
    };
  }

  /** Something to filter by. */
  String condition() {
    if (subqueries(30)) {
      return dice.chance(80)
          ? subquery().condition()
          : "(%s OR %s)".formatted(comparison(), subquery().condition());
    }
    return switch (dice.between(0, 9)) {
      case 0 -> "(%s OR %s)".formatted(comparison(), comparison());
      case 1 -> "NOT (%s)".formatted(comparison());
      case 2 -> dice.oneOf(columns).reference() + dice.oneOf(" IS NULL", " IS NOT NULL");
      case 3 -> {
        Visible column = dice.oneOf(columns);
        yield "%s IS DISTINCT FROM %s".formatted(column.reference(), column.kind().literal(dice));
      }
      case 4 -> {
        Visible column = dice.oneOf(columns);
        yield "%s IN (%s, %s)"
            .formatted(
                column.reference(), column.kind().literal(dice), column.kind().literal(dice));
      }
      case 5 -> dice.chance(CLOCKS_PERCENT) ? comparisonWithTheTime() : comparison();
      default -> comparison();
    };
  }

  /** Which says something else at every other refresh, however short the time between them. */
  private String comparisonWithTheTime() {
    return "%s %s EXTRACT(milliseconds FROM now())::int4 %% 7 - 1"
        .formatted(of(Kind.INTEGER).text(), dice.oneOf("=", "<", ">="));
  }

  private String comparison() {
    Visible column = dice.oneOf(columns);
    if (column.kind() == Kind.BOOLEAN) {
      return column.reference();
    }
    String other = dice.chance(30) ? of(column.kind()).text() : column.kind().literal(dice);
    return "%s %s %s"
        .formatted(column.reference(), dice.oneOf("=", "<>", "<", ">", "<=", ">="), other);
  }
}
