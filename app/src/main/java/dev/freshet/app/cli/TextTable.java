package dev.freshet.app.cli;

import java.util.ArrayList;
import java.util.List;

/** Columns under one another, as wide as their widest cell. */
final class TextTable {

  private static final String GAP = "  ";

  private TextTable() {}

  static List<String> lines(List<List<String>> rows) {
    int columns = rows.getFirst().size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int column = 0; column < columns; column++) {
        widths[column] = Math.max(widths[column], row.get(column).length());
      }
    }
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < columns; column++) {
        line.append(row.get(column))
            .repeat(" ", widths[column] - row.get(column).length())
            .append(GAP);
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }
}
