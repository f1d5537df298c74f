package dev.freshet.catalog.surface;

import dev.freshet.catalog.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;

/** A session that does by hand what the service does by itself. */
record Service(Connection session) implements AutoCloseable {

  static Service serving(TestDatabase database) throws SQLException {
    Service service = idle(database);
    service.run("SELECT pg_advisory_lock(1718775923, 0)");
    return service;
  }

  /** Connected, but not the instance that serves. */
  static Service idle(TestDatabase database) throws SQLException {
    Service service = new Service(database.connect());
    service.run("SELECT freshet.allow_writes()");
    return service;
  }

  void run(String sql) throws SQLException {
    session.createStatement().execute(sql);
  }

  String rows(String query) throws SQLException {
    try (var statement = session.createStatement();
        var result = statement.executeQuery(query)) {
      return Caller.text(result);
    }
  }

  long id(String name) throws SQLException {
    return Long.parseLong(
        rows("SELECT pgt_id FROM freshet.definition WHERE pgt_name = '%s'".formatted(name)));
  }

  /** One FULL refresh, in a transaction. */
  void refresh(String name) throws SQLException {
    long id = id(name);
    session.setAutoCommit(false);
    run(
        """
        DO $do$ BEGIN
          EXECUTE (SELECT format('DELETE FROM %%s', relid::regclass) FROM freshet.definition WHERE pgt_id = %1$d);
          EXECUTE (SELECT format('INSERT INTO %%s SELECT * FROM %%s', relid::regclass, view_relid::regclass) FROM freshet.definition WHERE pgt_id = %1$d);
          UPDATE freshet.frontier SET as_of = pg_current_snapshot() WHERE pgt_id = %1$d;
          PERFORM freshet.append('refresh:%1$d', 'RefreshCompleted', jsonb_build_object(
            'action', 'FULL', 'refresh_reason', 'manual', 'initiated_by', 'MANUAL'));
        END $do$
        """
            .formatted(id));
    session.commit();
    session.setAutoCommit(true);
  }

  void fail(String name, String code, String message) throws SQLException {
    run(
        """
        SELECT freshet.append('refresh:%d', 'RefreshFailed', jsonb_build_object(
          'refresh_reason', 'scheduled', 'error_code', '%s', 'error_message', '%s'))
        """
            .formatted(id(name), code, message));
  }

  @Override
  public void close() throws SQLException {
    session.close();
  }
}
