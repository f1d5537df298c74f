package dev.freshet.app.cli;

import dev.freshet.catalog.database.Session;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Option;

/** A command that shows rows: as a table for people, or as JSON for programs. */
abstract class ShowingCommand extends DatabaseCommand {

  @Option(names = "--json", description = "Shows it as JSON.")
  private boolean json;

  boolean isJson() {
    return json;
  }

  /** The rows of a query, columns in their order. */
  static List<JsonObject> rows(Session session, String query, Object... parameters) {
    List<JsonObject> rows = new ArrayList<>();
    for (Row row :
        session.execute(
            "SELECT row_to_json(shown)::text AS shown FROM (%s) AS shown".formatted(query),
            parameters)) {
      rows.add(new JsonObject(row.getString("shown")));
    }
    return rows;
  }

  /**
   * Shows rows under the names of their columns.
   *
   * @param none what is said to people where there are no rows
   */
  void show(List<JsonObject> rows, String none, PrintWriter out) {
    if (json) {
      out.println(new JsonArray(rows).encodePrettily());
    } else if (rows.isEmpty()) {
      out.println(none);
    } else {
      TextTable.lines(table(rows)).forEach(out::println);
    }
  }

  /** Shows one row, a column a line. */
  void showOne(JsonObject row, PrintWriter out) {
    if (json) {
      out.println(row.encodePrettily());
    } else {
      List<List<String>> lines = new ArrayList<>();
      row.fieldNames().forEach(name -> lines.add(List.of(name, cell(row, name))));
      TextTable.lines(lines).forEach(out::println);
    }
  }

  private static List<List<String>> table(List<JsonObject> rows) {
    List<String> names = List.copyOf(rows.getFirst().fieldNames());
    List<List<String>> lines = new ArrayList<>();
    lines.add(names.stream().map(name -> name.replace('_', ' ').toUpperCase(Locale.ROOT)).toList());
    for (JsonObject row : rows) {
      lines.add(names.stream().map(name -> cell(row, name)).toList());
    }
    return lines;
  }

  private static String cell(JsonObject row, String name) {
    Object value = row.getValue(name);
    return value == null ? "" : Complaint.oneLine(value.toString());
  }
}
