package dev.freshet.refresh.maintain.random;

import dev.freshet.refresh.maintain.random.ExpressionGenerator.Visible;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Random changes of tables; every identifier is used for one new row at most. */
final class ChangeGenerator {

  private static final int ROWS_MAX = 10;

  private final Dice dice;
  private final List<RandomTable> tables;
  private int identifiers;

  ChangeGenerator(Dice dice, List<RandomTable> tables) {
    this.dice = dice;
    this.tables = List.copyOf(tables);
  }

  /** What the tables hold in the beginning, a statement per row. */
  List<String> content() {
    List<String> statements = new ArrayList<>();
    for (RandomTable table : tables) {
      int rows = dice.between(0, ROWS_MAX);
      for (int i = 0; i < rows; i++) {
        statements.add(insertion(table, 1));
      }
    }
    return statements;
  }

  /** The statements of one interval. */
  List<String> batch() {
    int size = dice.oneOf(List.of(1, 1, 1, 1, 2, 3, 6));
    List<String> statements = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      statements.add(change(dice.oneOf(tables)));
    }
    return statements;
  }

  private String change(RandomTable table) {
    int choice = dice.between(0, 99);
    if (choice < 34) {
      return insertion(table, dice.between(1, 3));
    }
    if (choice < 62) {
      return update(table);
    }
    if (choice < 80) {
      return "DELETE FROM %s WHERE %s".formatted(table.name(), condition(table));
    }
    if (choice < 87) {
      return again(table);
    }
    if (choice < 92) {
      return copies(table);
    }
    if (choice < 95) {
      return "DELETE FROM " + table.name();
    }
    return choice < 97
        ? "TRUNCATE " + table.name()
        : "UPDATE %1$s SET %2$s = %2$s".formatted(table.name(), table.columns().getLast().name());
  }

  private String insertion(RandomTable table, int rows) {
    return "INSERT INTO %s VALUES %s"
        .formatted(
            table.name(),
            IntStream.range(0, rows)
                .mapToObj(_ -> table.row(dice, ++identifiers))
                .collect(Collectors.joining(", ")));
  }

  private String update(RandomTable table) {
    if (dice.chance(20)) {
      identifiers += 1000;
      return "UPDATE %s SET id = id + %d WHERE %s"
          .formatted(table.name(), identifiers, condition(table));
    }
    List<RandomColumn> others = table.columns().subList(1, table.columns().size());
    RandomColumn column = dice.oneOf(others);
    String value = dice.chance(70) ? column.value(dice) : column.name();
    RandomColumn second = dice.oneOf(others);
    String and =
        second.equals(column) || dice.chance(60)
            ? ""
            : ", %s = %s".formatted(second.name(), second.value(dice));
    return "UPDATE %s SET %s = %s%s WHERE %s"
        .formatted(table.name(), column.name(), value, and, condition(table));
  }

  private String condition(RandomTable table) {
    List<Visible> columns =
        table.columns().stream().map(column -> new Visible(column.name(), column.kind())).toList();
    return dice.chance(30)
        ? "id %% %d = %d".formatted(dice.between(2, 4), dice.between(0, 1))
        : new ExpressionGenerator(dice, columns).condition();
  }

  /** Deletes a row and inserts it again. */
  private static String again(RandomTable table) {
    return """
    DO $$ DECLARE r %1$s; BEGIN
      SELECT * INTO r FROM %1$s ORDER BY 1, 2 LIMIT 1;
      IF FOUND THEN DELETE FROM %1$s t WHERE t = r; INSERT INTO %1$s VALUES (r.*); END IF;
    END $$\
    """
        .formatted(table.name());
  }

  private String copies(RandomTable table) {
    return table.keyed()
        ? insertion(table, 4)
        : "INSERT INTO %1$s SELECT * FROM %1$s WHERE %2$s".formatted(table.name(), condition(table))
            + " LIMIT "
            + ROWS_MAX;
  }
}
