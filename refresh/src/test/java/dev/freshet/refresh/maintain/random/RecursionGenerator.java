package dev.freshet.refresh.maintain.random;

import dev.freshet.refresh.maintain.random.ExpressionGenerator.Visible;
import dev.freshet.refresh.maintain.random.Relation.Recursion;
import java.util.List;

/**
 * Random recursions: from some rows of a table along the keys of another, whose k refer to the ids
 * of any, in circles, too.
 */
final class RecursionGenerator {

  private final Dice dice;
  private final List<RandomTable> tables;

  RecursionGenerator(Dice dice, List<RandomTable> tables) {
    this.dice = dice;
    this.tables = List.copyOf(tables);
  }

  /**
   * @param name of the common table expression
   */
  Recursion any(String name) {
    RandomTable first = dice.oneOf(tables);
    RandomTable next = dice.oneOf(tables);
    boolean counted = dice.chance(50);
    ExpressionGenerator below =
        new ExpressionGenerator(
            dice,
            List.of(new Visible("w.n", Kind.INTEGER), new Visible("w.m", Kind.INTEGER)),
            tables);
    String step =
        "SELECT %s, %s, %s FROM %s p %s %s w ON %s WHERE %s"
            .formatted(
                dice.oneOf("p.id", "p.k"),
                dice.oneOf("w.m", "p.k", "w.n"),
                counted ? "w.d + 1" : "0",
                next.name(),
                dice.oneOf("JOIN", "JOIN", "JOIN", "RIGHT JOIN"),
                name,
                dice.oneOf("p.k = w.n", "p.id = w.m", "p.k = w.n AND p.id > w.m"),
                counted ? "w.d < 3 AND " + below.condition() : below.condition());
    return new Recursion(
        "WITH RECURSIVE %s(n, m, d) AS (SELECT q.id, q.k, 0 FROM %s q WHERE q.id <= %d UNION %s %s) SELECT n, m, d FROM %s"
            .formatted(name, first.name(), dice.between(2, 12), counted ? "ALL" : "", step, name),
        List.of(
            new RandomColumn("n", Kind.INTEGER, true),
            new RandomColumn("m", Kind.INTEGER, true),
            new RandomColumn("d", Kind.INTEGER, true)));
  }
}
