package dev.freshet.refresh.maintain.random;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A source table.
 *
 * @param columns {@code id} first, then {@code k}, which queries join by, then others
 * @param keyed whether {@code id} is the primary key
 * @param partitioned whether its rows are in partitions, by the hash of {@code id}
 */
record RandomTable(String name, List<RandomColumn> columns, boolean keyed, boolean partitioned) {

  private static final List<String> ODD_NAMES =
      List.of("\"Mixed Case\"", "\"select\"", "\"a.b\"", "\"q\"\"q\"", "\"größe\"");

  RandomTable {
    columns = List.copyOf(columns);
  }

  static RandomTable create(String name, Dice dice) {
    boolean keyed = dice.chance(60);
    List<RandomColumn> columns = new ArrayList<>();
    columns.add(new RandomColumn("id", Kind.INTEGER, !keyed && dice.chance(30)));
    columns.add(new RandomColumn("k", Kind.INTEGER, dice.chance(60)));
    int others = dice.between(2, 5);
    for (int i = 0; i < others; i++) {
      String column = dice.chance(15) && i < ODD_NAMES.size() ? ODD_NAMES.get(i) : "v" + (i + 1);
      columns.add(new RandomColumn(column, dice.oneOf(List.of(Kind.values())), dice.chance(70)));
    }
    return new RandomTable(name, columns, keyed, dice.chance(10));
  }

  List<String> creation() {
    String definitions =
        columns.stream()
            .map(column ->
                column.name() + " " + column.kind().type() + (column.nullable() ? "" : " NOT NULL"))
            .collect(Collectors.joining(", "));
    String key = keyed ? ", PRIMARY KEY (id)" : "";
    List<String> statements = new ArrayList<>();
    statements.add(
        "CREATE TABLE %s (%s%s)%s"
            .formatted(name, definitions, key, partitioned ? " PARTITION BY HASH (id)" : ""));
    if (partitioned) {
      IntStream.range(0, 2)
          .forEach(part ->
              statements.add(
                  "CREATE TABLE %1$s_%2$d PARTITION OF %1$s FOR VALUES WITH (MODULUS 2, REMAINDER %2$d)"
                      .formatted(name, part)));
    }
    return statements;
  }

  /** The values of a new row, in parentheses. */
  String row(Dice dice, int id) {
    return columns.stream()
        .map(column -> column.name().equals("id") ? id(dice, id) : column.value(dice))
        .collect(Collectors.joining(", ", "(", ")"));
  }

  private String id(Dice dice, int id) {
    return keyed ? String.valueOf(id) : columns.getFirst().value(dice);
  }
}
