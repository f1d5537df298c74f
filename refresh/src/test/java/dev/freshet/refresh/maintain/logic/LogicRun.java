package dev.freshet.refresh.maintain.logic;

import dev.freshet.catalog.database.DatabaseException;
import dev.freshet.refresh.maintain.EngineDatabase;
import dev.freshet.refresh.maintain.EngineDatabase.UserSession;
import dev.freshet.refresh.maintain.MaintainedQuery;
import dev.freshet.refresh.maintain.logic.LogicFile.Query;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Some queries of one file, as stream tables that its changes fill. */
final class LogicRun {

  private static final String EQUAL = "0 missing, 0 unexpected";
  private static final int BATCHES = 4;

  /** A statement a line. */
  private static final String MORE_CHANGES =
      """
      SELECT coalesce(string_agg(statement, chr(10)), '')
      FROM pg_class t
        LEFT JOIN LATERAL (SELECT attname FROM pg_attribute
          WHERE attrelid = t.oid AND attnum > 0 AND NOT attnotnull ORDER BY attnum DESC LIMIT 1) a ON true
        CROSS JOIN LATERAL (VALUES
          (format('DELETE FROM %1$s WHERE ctid IN (SELECT ctid FROM %1$s ORDER BY ctid'
            ' LIMIT (SELECT (count(*) + 2) / 3 FROM %1$s))', t.oid::regclass)),
          (format('UPDATE %1$s SET %2$s = NULL WHERE ctid IN (SELECT ctid FROM %1$s ORDER BY ctid'
            ' LIMIT (SELECT (count(*) + 1) / 2 FROM %1$s))', t.oid::regclass, quote_ident(a.attname)))) s (statement)
      WHERE t.relkind = 'r' AND t.relnamespace = current_schema::regnamespace AND t.relname !~ '^st[0-9]+$'\
      """;

  private final EngineDatabase database;
  private final String name;
  private final LogicFile file;
  private final LogicReport report;
  private final List<Kept> kept = new ArrayList<>();

  /** A query that is maintained so far. */
  private record Kept(String query, MaintainedQuery maintained) {}

  LogicRun(EngineDatabase database, String name, LogicFile file, LogicReport report) {
    this.database = database;
    this.name = name;
    this.file = file;
    this.report = report;
  }

  /** Takes so many of the file's queries, by chance. */
  void run(int queries, long seed) throws SQLException {
    try (UserSession user = database.user()) {
      for (String statement : file.creation()) {
        attempt(user, statement);
      }
      List<Query> chosen = new ArrayList<>(file.queries());
      Collections.shuffle(chosen, new Random(seed));
      for (Query query : chosen.subList(0, Math.min(queries, chosen.size()))) {
        create(user, query);
      }
      for (List<String> batch : batches(user)) {
        for (String statement : batch) {
          attempt(user, statement);
        }
        compareAll(user);
      }
      kept.forEach(_ -> report.held());
    }
  }

  /** The file's own changes; then of each table a third goes, and a third loses its last value. */
  private List<List<String>> batches(UserSession user) throws SQLException {
    List<String> changes = file.changes();
    List<List<String>> batches = new ArrayList<>();
    int size = Math.max(1, (changes.size() + BATCHES - 1) / BATCHES);
    for (int from = 0; from < changes.size(); from += size) {
      batches.add(changes.subList(from, Math.min(changes.size(), from + size)));
    }
    batches.add(user.value(MORE_CHANGES).lines().toList());
    return batches;
  }

  private void create(UserSession user, Query query) {
    try {
      String sql = namesClash(user, query) ? query.named() : query.sql();
      MaintainedQuery maintained = MaintainedQuery.create(database, user, "st" + kept.size(), sql);
      report.maintained(maintained);
      kept.add(new Kept(sql, maintained));
    } catch (SQLException refused) {
      report.refused();
    } catch (DatabaseException | IllegalStateException broken) {
      report.failed(name, query.sql(), broken.toString());
    }
  }

  /** A table cannot have two columns of one name, as a result can. */
  private static boolean namesClash(UserSession user, Query query) throws SQLException {
    try (Statement statement = user.connection().createStatement();
        ResultSet rows = statement.executeQuery(query.sql())) {
      Set<String> names = new HashSet<>();
      ResultSetMetaData columns = rows.getMetaData();
      for (int column = 1; column <= columns.getColumnCount(); column++) {
        if (!names.add(columns.getColumnName(column))) {
          return true;
        }
      }
      return false;
    }
  }

  private void compareAll(UserSession user) {
    for (Iterator<Kept> all = kept.iterator(); all.hasNext(); ) {
      Kept each = all.next();
      if (!compare(user, each)) {
        all.remove();
      }
    }
  }

  /** Whether it is worth going on with: a query that fails on these rows is not. */
  private boolean compare(UserSession user, Kept each) {
    try {
      String action = each.maintained().refresh();
      report.refreshed(action);
      if (each.maintained().verify().equals(EQUAL)) {
        return true;
      }
      report.failed(name, each.query(), each.maintained().verify() + " after " + action);
    } catch (DatabaseException failed) {
      if (!attempt(user, each.query())) {
        report.failsByItself();
        return false;
      }
      // As the service does: an expression may fail for a row that came and went.
      report.deltaFailed(name, each.query(), failed.toString());
      each.maintained().recompute();
      if (each.maintained().verify().equals(EQUAL)) {
        return true;
      }
      report.failed(name, each.query(), each.maintained().verify() + " after FULL");
    }
    return false;
  }

  private static boolean attempt(UserSession user, String statement) {
    try {
      user.run(statement);
      return true;
    } catch (SQLException refused) {
      return false;
    }
  }
}
