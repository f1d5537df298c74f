package dev.freshet.app.cli.definitions;

import dev.freshet.catalog.database.Session;
import dev.freshet.catalog.database.SqlFile;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The stream tables of a database that the caller may see, each after those that it reads. */
final class DefinedStreamTables {

  private static final String READ =
      SqlFile.read(DefinedStreamTables.class, "read-definitions.sql");

  private DefinedStreamTables() {}

  /** All of them; those that do not read one another by their names. */
  static List<Defined> read(Session session) {
    List<Defined> all = new ArrayList<>();
    for (Row row : session.query(READ)) {
      all.add(defined(new JsonObject(row.getString("definition"))));
    }
    return sourcesFirst(all);
  }

  private static Defined defined(JsonObject row) {
    Map<Setting, String> settings = new EnumMap<>(Setting.class);
    for (Setting setting : Setting.values()) {
      Object value = row.getValue(setting.key());
      if (value != null) {
        settings.put(setting, value.toString());
      }
    }
    Publication published =
        Optional.ofNullable(row.getString("publication"))
            .<Publication>map(name ->
                row.getBoolean("own_publication")
                    ? new Publication.Own()
                    : new Publication.Named(name))
            .orElseGet(Publication.None::new);
    JsonArray reads = row.getJsonArray("reads");
    return new Defined(
        new Definition(row.getString("name"), row.getString("query"), settings, published),
        row.getLong("relation"),
        reads.stream().map(oid -> ((Number) oid).longValue()).collect(Collectors.toSet()));
  }

  /** Kahn's algorithm; of those whose sources are all there, the first by name comes next. */
  private static List<Defined> sourcesFirst(List<Defined> all) {
    TreeMap<String, Defined> left = new TreeMap<>(Comparator.naturalOrder());
    all.forEach(defined -> left.put(defined.name(), defined));
    Set<Long> waiting = new HashSet<>();
    all.forEach(defined -> waiting.add(defined.relation()));
    List<Defined> ordered = new ArrayList<>();
    while (!left.isEmpty()) {
      Defined next =
          left.values().stream()
              .filter(defined -> defined.reads().stream().noneMatch(waiting::contains))
              .findFirst()
              .orElseThrow(() ->
                  new IllegalStateException("stream tables read one another: " + left.keySet()));
      left.remove(next.name());
      waiting.remove(next.relation());
      ordered.add(next);
    }
    return ordered;
  }
}
