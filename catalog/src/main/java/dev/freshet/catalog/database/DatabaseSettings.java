package dev.freshet.catalog.database;

import io.vertx.sqlclient.Row;
import java.util.HashMap;
import java.util.Map;

/** Our settings that a database has: {@code ALTER DATABASE … SET freshet.…}. */
public final class DatabaseSettings {

  private DatabaseSettings() {}

  /** Those that are set, by name, as PostgreSQL took them: any text. */
  public static Map<String, String> read(Session session) {
    Map<String, String> settings = new HashMap<>();
    for (Row row : session.execute("SELECT name, value FROM freshet.database_settings()")) {
      settings.put(row.getString("name"), row.getString("value"));
    }
    return settings;
  }
}
