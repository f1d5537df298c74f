package dev.freshet.refresh.maintain.logic;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a file of sqllogictest says to PostgreSQL: what is created, what changes then, and what is
 * asked.
 *
 * @param creation tables, views and indexes, in their order
 * @param changes of the tables' rows, in their order
 * @param queries each once, in their order
 */
record LogicFile(List<String> creation, List<String> changes, List<Query> queries) {

  /**
   * @param columns how many it has; most have no name
   */
  record Query(String sql, int columns) {

    private static final Pattern ORDER = Pattern.compile("(?i)\\bORDER\\s+BY\\s+[^()']*$");
    private static final Pattern LIMIT = Pattern.compile("(?i)\\bLIMIT\\b");

    /** The same rows, of columns that each have a name of its own. */
    String named() {
      Matcher order = ORDER.matcher(sql);
      boolean isOfNoUse = order.find() && !LIMIT.matcher(order.group()).find();
      return "SELECT * FROM (%s) AS q (%s)"
          .formatted(
              isOfNoUse ? sql.substring(0, order.start()) : sql,
              IntStream.rangeClosed(1, columns)
                  .mapToObj(column -> "c" + column)
                  .collect(Collectors.joining(", ")));
    }
  }

  private static final String US = "postgresql";

  LogicFile {
    creation = List.copyOf(creation);
    changes = List.copyOf(changes);
    queries = List.copyOf(queries);
  }

  /** Reads records that blank lines separate; what is said to other databases is left out. */
  static LogicFile parse(String text) {
    List<String> creation = new ArrayList<>();
    List<String> changes = new ArrayList<>();
    List<Query> queries = new ArrayList<>();
    for (String block : text.split("\\R[ \t]*\\R+", -1)) {
      List<String> lines =
          block.lines().filter(line -> !line.startsWith("#") && !line.isBlank()).toList();
      int head = 0;
      boolean ours = true;
      while (head < lines.size() && isCondition(lines.get(head))) {
        ours &= concernsUs(lines.get(head));
        head++;
      }
      if (!ours || head == lines.size()) {
        continue;
      }
      String[] kind = lines.get(head).strip().split("\\s+", -1);
      String sql = sqlOf(lines.subList(head + 1, lines.size()));
      switch (kind[0]) {
        case "halt" -> {
          return new LogicFile(creation, changes, queries.stream().distinct().toList());
        }
        case "query" -> queries.add(new Query(sql, kind[1].length()));
        case "statement" -> {
          if (kind[1].equals("ok")) {
            addStatement(sql, creation, changes);
          }
        }
        case "hash-threshold" -> {}
        default -> throw new IllegalArgumentException("no record of sqllogictest: " + block);
      }
    }
    return new LogicFile(creation, changes, queries.stream().distinct().toList());
  }

  /** A stream table outlives what the file drops, so that nothing is dropped. */
  private static void addStatement(String sql, List<String> creation, List<String> changes) {
    String verb = sql.split("\\s+", 2)[0].toUpperCase(Locale.ROOT);
    switch (verb) {
      case "CREATE" -> creation.add(sql);
      case "INSERT", "UPDATE", "DELETE" -> changes.add(sql);
      default -> {}
    }
  }

  private static boolean isCondition(String line) {
    return line.startsWith("onlyif") || line.startsWith("skipif");
  }

  private static boolean concernsUs(String condition) {
    String[] words = condition.split("\\s+", -1);
    return words[0].equals("onlyif") == words[1].equals(US);
  }

  private static String sqlOf(List<String> lines) {
    int end = lines.indexOf("----");
    return String.join("\n", end < 0 ? lines : lines.subList(0, end));
  }
}
