package dev.freshet.refresh.maintain.random;

import dev.freshet.refresh.maintain.random.ExpressionGenerator.Typed;
import dev.freshet.refresh.maintain.random.ExpressionGenerator.Visible;
import java.util.ArrayList;
import java.util.List;

/** Random subqueries in expressions, correlated in all ways and not at all. */
final class SubqueryGenerator {

  private final Dice dice;
  private final List<RandomTable> tables;
  private final List<Visible> outer;
  private final String alias;

  /**
   * @param outer what the queries around it see
   * @param depth how many of them there are
   */
  SubqueryGenerator(Dice dice, List<RandomTable> tables, List<Visible> outer, int depth) {
    this.dice = dice;
    this.tables = tables;
    this.outer = outer;
    this.alias = "s" + depth;
  }

  /** Something to filter by. */
  String condition() {
    RandomTable table = dice.oneOf(tables);
    Visible one = dice.oneOf(outer);
    return switch (dice.between(0, 5)) {
      case 0 -> exists(table, "");
      case 1 -> exists(table, "NOT ");
      case 2 ->
          "%s %sIN (%s)"
              .formatted(one.reference(), dice.oneOf("", "NOT "), values(table, one.kind()));
      case 3 ->
          "%s %s %s (%s)"
              .formatted(
                  one.reference(),
                  dice.oneOf("=", "<>", "<", ">=", ">"),
                  dice.oneOf("ANY", "ALL"),
                  values(table, one.kind()));
      case 4 -> {
        Visible two = dice.oneOf(outer);
        yield "(%s, %s) %sIN (SELECT %s, %s %s)"
            .formatted(
                one.reference(),
                two.reference(),
                dice.oneOf("", "NOT "),
                inner(table).of(one.kind()).text(),
                inner(table).of(two.kind()).text(),
                from(table));
      }
      default -> {
        Typed scalar = scalar();
        yield "%s %s %s"
            .formatted(scalar.kind().literal(dice), dice.oneOf("=", "<", ">", "<>"), scalar.text());
      }
    };
  }

  private String exists(RandomTable table, String not) {
    String group = dice.chance(10) ? " GROUP BY %s.k HAVING count(*) > 1".formatted(alias) : "";
    return "%sEXISTS (SELECT %s %s%s)"
        .formatted(not, group.isEmpty() ? dice.oneOf("1", "*") : "1", from(table), group);
  }

  private String values(RandomTable table, Kind kind) {
    return "SELECT %s%s %s"
        .formatted(dice.chance(15) ? "DISTINCT " : "", inner(table).of(kind).text(), from(table));
  }

  /** A value, of no kind of which equal values may look different. */
  Typed scalar() {
    RandomTable table = dice.oneOf(tables);
    return switch (dice.between(0, 3)) {
      case 0 -> new Typed("(SELECT count(*) %s)".formatted(from(table)), Kind.BIG);
      case 1 ->
          new Typed(
              "(SELECT %s(%s.k) %s)".formatted(dice.oneOf("min", "max"), alias, from(table)),
              Kind.INTEGER);
      case 2 ->
          new Typed("(SELECT COALESCE(sum(%s.k), 7) %s)".formatted(alias, from(table)), Kind.BIG);
      default ->
          table.keyed() && outer.stream().anyMatch(column -> column.kind() == Kind.INTEGER)
              ? new Typed(
                  "(SELECT %1$s.k FROM %2$s %1$s WHERE %1$s.id = %3$s)"
                      .formatted(alias, table.name(), outerOf(Kind.INTEGER)),
                  Kind.INTEGER)
              : new Typed(
                  "(SELECT count(DISTINCT %s.k) %s)".formatted(alias, from(table)), Kind.BIG);
    };
  }

  private String outerOf(Kind kind) {
    return dice.oneOf(outer.stream().filter(column -> column.kind() == kind).toList()).reference();
  }

  private String from(RandomTable table) {
    List<String> where = new ArrayList<>();
    Visible column = dice.oneOf(columns(table));
    List<Visible> fitting = outer.stream().filter(o -> o.kind() == column.kind()).toList();
    if (!fitting.isEmpty() && dice.chance(75)) {
      boolean equal = dice.chance(75);
      where.add(
          "%s %s %s"
              .formatted(
                  column.reference(),
                  equal ? "=" : dice.oneOf("<", ">", "<>", "IS NOT DISTINCT FROM"),
                  dice.oneOf(fitting).reference()));
    }
    if (dice.chance(25)) {
      where.add(inner(table).condition());
    }
    if (alias.equals("s0") && dice.chance(20)) {
      List<Visible> all = new ArrayList<>(outer);
      all.addAll(columns(table));
      where.add(new SubqueryGenerator(dice, tables, all, 1).condition());
    }
    return "FROM %s %s%s"
        .formatted(
            table.name(), alias, where.isEmpty() ? "" : " WHERE " + String.join(" AND ", where));
  }

  private List<Visible> columns(RandomTable table) {
    return table.columns().stream()
        .map(column -> new Visible(alias + "." + column.name(), column.kind()))
        .toList();
  }

  private ExpressionGenerator inner(RandomTable table) {
    return new ExpressionGenerator(dice, columns(table));
  }
}
