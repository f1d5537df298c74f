package dev.freshet.refresh.maintain.random;

import dev.freshet.refresh.maintain.random.Relation.Clauses;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Windows, limits and DISTINCT ON over a relation, each with one right result. */
final class ClauseGenerator {

  private final Dice dice;
  private final Relation inner;
  private final String alias;

  ClauseGenerator(Dice dice, Relation inner, String alias) {
    this.dice = dice;
    this.inner = inner;
    this.alias = alias;
  }

  Clauses any() {
    return switch (dice.between(0, 6)) {
      case 0 -> limited();
      case 1 -> withTies();
      case 2 -> distinctOn();
      default -> windows();
    };
  }

  /** Whether which of several equal values is shown depends on how rows come. */
  boolean leavesOpen(Clauses clauses) {
    return !clauses.tail().isEmpty()
        && clauses.columns().stream().anyMatch(column -> column.kind().isCoarse());
  }

  private Clauses limited() {
    String order =
        inner.columns().stream()
            .map(column -> reference(column) + direction())
            .collect(Collectors.joining(", "));
    String offset = dice.chance(30) ? " OFFSET " + dice.between(0, 3) : "";
    return of(all(), " ORDER BY %s LIMIT %d%s".formatted(order, dice.between(0, 6), offset));
  }

  private Clauses withTies() {
    String first = reference(dice.oneOf(inner.columns())) + direction();
    return of(
        all(), " ORDER BY %s FETCH FIRST %d ROWS WITH TIES".formatted(first, dice.between(1, 5)));
  }

  private Clauses distinctOn() {
    RandomColumn key = dice.oneOf(inner.columns());
    String rest =
        inner.columns().stream()
            .map(column -> ", " + reference(column) + direction())
            .collect(Collectors.joining());
    return of(
        "DISTINCT ON (%s) %s".formatted(reference(key), all()),
        " ORDER BY %s%s".formatted(reference(key), rest));
  }

  private Clauses windows() {
    List<RandomColumn> columns = new ArrayList<>(inner.columns());
    StringBuilder head = new StringBuilder(all());
    int count = dice.between(1, 2);
    for (int i = 1; i <= count; i++) {
      RandomColumn shown = window(head, alias + "_" + i);
      columns.add(shown);
    }
    return new Clauses(head.toString(), inner, alias, "", columns);
  }

  private RandomColumn window(StringBuilder head, String name) {
    RandomColumn column = dice.oneOf(inner.columns());
    boolean adds = column.kind() == Kind.INTEGER || column.kind() == Kind.DECIMAL;
    String call =
        switch (dice.between(0, 5)) {
          case 0 -> "rank()";
          case 1 -> "dense_rank()";
          case 2 -> "count(*)";
          case 3 -> adds ? "sum(%s)".formatted(reference(column)) : "count(*)";
          case 4 -> "count(%s)".formatted(reference(column));
          default ->
              column.kind().isCoarse() || column.kind() == Kind.BOOLEAN
                  ? "count(*)"
                  : "max(%s)".formatted(reference(column));
        };
    head.append(", %s OVER (%s) AS %s".formatted(call, definition(), name));
    Kind kind =
        call.startsWith("max")
            ? column.kind()
            : call.startsWith("sum") && column.kind() == Kind.DECIMAL ? Kind.NUMBER : Kind.BIG;
    return new RandomColumn(name, kind, true);
  }

  private String definition() {
    String partition =
        dice.chance(75) ? "PARTITION BY " + reference(dice.oneOf(inner.columns())) : "";
    return partition + " ORDER BY " + reference(dice.oneOf(inner.columns())) + direction();
  }

  private Clauses of(String head, String tail) {
    return new Clauses(head, inner, alias, tail, inner.columns());
  }

  private String all() {
    return inner.columns().stream().map(this::reference).collect(Collectors.joining(", "));
  }

  private String reference(RandomColumn column) {
    return alias + "." + column.name();
  }

  private String direction() {
    return dice.oneOf("", " DESC", " NULLS FIRST");
  }
}
