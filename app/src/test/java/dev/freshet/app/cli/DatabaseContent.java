package dev.freshet.app.cli;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Set;
import java.util.TreeSet;

/** Everything that can be left behind in a database or its cluster, by name. */
record DatabaseContent(Set<String> names) {

  private static final String NAMES =
      """
      SELECT 'schema ' || nspname FROM pg_namespace WHERE nspname !~ '^pg_(toast_)?temp_'
      UNION ALL SELECT 'role ' || rolname FROM pg_roles
      UNION ALL SELECT 'relation ' || oid::regclass FROM pg_class
       WHERE relnamespace <> ALL (SELECT oid FROM pg_namespace WHERE nspname ~ '^pg_')
      UNION ALL SELECT 'function ' || oid::regprocedure FROM pg_proc
       WHERE pronamespace <> 'pg_catalog'::regnamespace
      UNION ALL SELECT 'type ' || oid::regtype FROM pg_type
       WHERE typnamespace <> ALL (SELECT oid FROM pg_namespace WHERE nspname ~ '^pg_')
      UNION ALL SELECT 'trigger ' || tgname || ' on ' || tgrelid::regclass FROM pg_trigger WHERE NOT tgisinternal
      UNION ALL SELECT 'event trigger ' || evtname FROM pg_event_trigger
      UNION ALL SELECT 'extension ' || extname FROM pg_extension
      UNION ALL SELECT 'publication ' || pubname FROM pg_publication
      UNION ALL SELECT 'slot ' || slot_name FROM pg_replication_slots
      UNION ALL SELECT 'comment on ' || objoid::regclass FROM pg_description
       WHERE classoid = 'pg_class'::regclass AND objoid >= 16384
      UNION ALL SELECT 'setting ' || setdatabase || setrole || setconfig::text FROM pg_db_role_setting
      """;

  static DatabaseContent of(Connection connection) throws SQLException {
    Set<String> names = new TreeSet<>();
    try (var statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(NAMES)) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    return new DatabaseContent(names);
  }
}
