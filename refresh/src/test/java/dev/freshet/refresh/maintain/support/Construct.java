package dev.freshet.refresh.maintain.support;

import java.util.ArrayList;
import java.util.List;

/** A construct of SQL, in the words of the table, and a query that uses it. */
record Construct(String section, String name, String query) {

  private static final String SECTION = "## ";

  /** The constructs of a script: headings and names as comments, a query on the line below. */
  static List<Construct> parse(List<String> lines) {
    List<Construct> constructs = new ArrayList<>();
    String section = "";
    String name = "";
    for (String line : lines) {
      if (line.startsWith("-- " + SECTION)) {
        section = line.substring("-- ".length() + SECTION.length());
      } else if (line.startsWith("-- ")) {
        name = line.substring("-- ".length());
      } else if (!line.isBlank()) {
        constructs.add(new Construct(section, name, line.substring(0, line.length() - 1)));
      }
    }
    return constructs;
  }

  /** The first two cells of its row. */
  String row() {
    return "| %s | `%s` |".formatted(name, query.replace("|", "\\|"));
  }

  @Override
  public String toString() {
    return name;
  }
}
