package dev.freshet.refresh.maintain.step;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Weighted rows as psql would show them, in any order. */
record ChangeTable(List<String> header, List<List<String>> rows) {

  static final String WEIGHT = "weight";

  ChangeTable {
    header = List.copyOf(header);
    rows = rows.stream().map(List::copyOf).toList();
  }

  /** Reads the header, a ruler and rows; the cells' widths do not matter. */
  static ChangeTable parse(String text) {
    List<String> lines = text.strip().lines().toList();
    List<List<String>> rows = new ArrayList<>();
    lines.stream().skip(2).forEach(line -> rows.add(cells(line)));
    return new ChangeTable(cells(lines.getFirst()), rows);
  }

  private static List<String> cells(String line) {
    return Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
  }

  /** With a ruler, columns aligned, rows sorted. */
  @Override
  public String toString() {
    List<String> lines = new ArrayList<>();
    lines.add(line(header));
    lines.add(header.stream().map(_ -> "---").collect(Collectors.joining("+")));
    rows.stream().map(ChangeTable::line).sorted().forEach(lines::add);
    return String.join("\n", lines);
  }

  private static String line(List<String> cells) {
    return String.join(" | ", cells);
  }
}
