package dev.freshet.app.testing;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Results as people read them. */
public final class Rows {

  private Rows() {}

  /** A line a row, columns by " | ". */
  public static List<String> of(ResultSet rows) throws SQLException {
    List<String> lines = new ArrayList<>();
    int columns = rows.getMetaData().getColumnCount();
    while (rows.next()) {
      List<String> cells = new ArrayList<>();
      for (int column = 1; column <= columns; column++) {
        cells.add(String.valueOf(rows.getString(column)));
      }
      lines.add(String.join(" | ", cells));
    }
    return lines;
  }
}
