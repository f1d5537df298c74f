package dev.freshet.refresh.worker;

import dev.freshet.catalog.database.Session;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The settings under which a query means what it meant in its creator's session: {@code
 * moment::date} is another day in another time zone. They hold until the end of the transaction or
 * of the savepoint.
 *
 * <p>Whatever search_path was recorded, pg_catalog comes before it. A role may put a schema of its
 * own there first, and the functions in it would be taken for PostgreSQL's in the statements that
 * run as the service.
 */
record RecordedSettings(Map<String, String> settings) {

  private static final String SEARCH_PATH = "search_path";

  RecordedSettings {
    settings = Map.copyOf(settings);
  }

  /** Their names, in order. */
  List<String> names() {
    return settings.keySet().stream().sorted().toList();
  }

  /** What they are set to, in the order of their names. */
  List<String> values() {
    return names().stream().map(this::value).toList();
  }

  private String value(String name) {
    String recorded = settings.getOrDefault(name, "");
    return name.equals(SEARCH_PATH) ? "pg_catalog, " + recorded : recorded;
  }

  /** Puts them on the wire; empty if there are none. */
  Optional<Future<RowSet<Row>>> send(Session session) {
    if (settings.isEmpty()) {
      return Optional.empty();
    }
    List<String> calls = new ArrayList<>();
    List<Object> parameters = new ArrayList<>();
    for (String name : names()) {
      parameters.add(name);
      parameters.add(value(name));
      calls.add("set_config($%d, $%d, true)".formatted(parameters.size() - 1, parameters.size()));
    }
    return Optional.of(session.send("SELECT " + String.join(", ", calls), parameters.toArray()));
  }
}
