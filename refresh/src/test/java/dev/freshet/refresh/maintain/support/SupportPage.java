package dev.freshet.refresh.maintain.support;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** The page, of which a run knows one column: its version of PostgreSQL. */
record SupportPage(List<Construct> constructs, Map<String, List<String>> cells) {

  static final List<Integer> VERSIONS = List.of(15, 16, 17, 18);
  static final String UNKNOWN = "?";

  private static final String HEAD =
      """
      # The SQL that is supported, construct by construct

      This page is written by a test, `SqlSupportTest`: for each row it makes a stream table of the query, changes the tables that it
      reads (rows come, go, move and come twice, keys change, both sides of a join at once), refreshes after each change and compares
      the stream table with the query. What the words of the last columns mean, and what each construct costs, is told in
      [differential.md](differential.md).

      - **diff**: maintained by computing the effect of what changed, after every change, and equal to the query each time.
      - **FULL** with a code: computed whole and applied as a difference, and equal to the query each time.
      - **–**: this version of PostgreSQL does not have it.
      """;

  /** What the page says by now. */
  static SupportPage read(List<Construct> constructs, String text) {
    Map<String, List<String>> cells = new HashMap<>();
    for (Construct construct : constructs) {
      List<String> known = new ArrayList<>(VERSIONS.stream().map(_ -> UNKNOWN).toList());
      text.lines()
          .filter(line -> line.startsWith(construct.row()))
          .findFirst()
          .ifPresent(line -> {
            String[] said = line.substring(construct.row().length()).split("\\|", -1);
            for (int i = 0; i < VERSIONS.size(); i++) {
              known.set(i, said[i].strip());
            }
          });
      cells.put(construct.name(), known);
    }
    return new SupportPage(constructs, cells);
  }

  void set(Construct construct, int version, String cell) {
    cellsOf(construct).set(VERSIONS.indexOf(version), cell);
  }

  private List<String> cellsOf(Construct construct) {
    return Objects.requireNonNull(cells.get(construct.name()), construct.name());
  }

  boolean isComplete() {
    return cells.values().stream().noneMatch(row -> row.contains(UNKNOWN));
  }

  /** The whole page. */
  String text() {
    StringBuilder page = new StringBuilder(HEAD);
    String section = "";
    for (Construct construct : constructs) {
      if (!construct.section().equals(section)) {
        section = construct.section();
        page.append(
            "\n## %s\n\n| Construct | Query | %s |\n|---|---|%s\n"
                .formatted(
                    section,
                    VERSIONS.stream().map(String::valueOf).collect(Collectors.joining(" | ")),
                    "---|".repeat(VERSIONS.size())));
      }
      page.append(construct.row())
          .append(' ')
          .append(String.join(" | ", cellsOf(construct)))
          .append(" |\n");
    }
    return page.toString();
  }
}
