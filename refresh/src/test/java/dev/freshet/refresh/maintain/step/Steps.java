package dev.freshet.refresh.maintain.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.refresh.maintain.EngineDatabase;
import dev.freshet.refresh.maintain.EngineDatabase.UserSession;
import dev.freshet.refresh.maintain.MaintainedQuery;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a step test is made of: tables, a stream table, and steps. */
final class Steps implements AutoCloseable {

  private static final String EQUAL = "0 missing, 0 unexpected";

  private final EngineDatabase database;
  private final UserSession user;

  Steps(EngineDatabase database) throws SQLException {
    this.database = database;
    this.user = database.user();
  }

  /** Statements that come before the stream table. */
  Steps given(String... statements) throws SQLException {
    user.run(statements);
    return this;
  }

  /** Whether a statement succeeds, in an attempt that leaves nothing behind when it does not. */
  boolean has(String statement) {
    try {
      user.run(statement);
      return true;
    } catch (SQLException refused) {
      return false;
    }
  }

  /** What the server answers to a query. */
  String value(String query) throws SQLException {
    return user.value(query);
  }

  /** A stream table that is maintained by deltas. */
  Maintained streamTable(String query) throws SQLException {
    Maintained maintained = maintained(query);
    assertThat(maintained.query.isDifferential()).as(maintained.query.report()).isTrue();
    return maintained;
  }

  /** A stream table that only FULL maintains, for the reason of the given code. */
  Maintained fullStreamTable(String query, String code) throws SQLException {
    Maintained maintained = maintained(query);
    assertThat(maintained.query.isDifferential()).isFalse();
    assertThat(maintained.query.report()).contains("\"code\":\"" + code + "\"");
    return maintained;
  }

  private Maintained maintained(String query) throws SQLException {
    MaintainedQuery maintained = MaintainedQuery.create(database, user, "st", query);
    assertThat(maintained.verify()).as("after creation").isEqualTo(EQUAL);
    return new Maintained(maintained);
  }

  @Override
  public void close() throws SQLException {
    user.close();
  }

  /** A stream table in between steps. */
  final class Maintained {

    private final MaintainedQuery query;

    private Maintained(MaintainedQuery query) {
      this.query = query;
    }

    /** Changes, and the weighted rows by which the stream table must change, by deltas. */
    Maintained step(String changes, String expected) throws SQLException {
      return step(changes, "DIFFERENTIAL", expected);
    }

    /** Changes that only FULL can follow. */
    Maintained fullStep(String changes, String expected) throws SQLException {
      return step(changes, "FULL", expected);
    }

    /** Changes that leave the stream table as it is. */
    Maintained stepWithoutChange(String changes) throws SQLException {
      Map<List<String>, Integer> before = content();
      user.run(changes);
      query.refresh();
      assertThat(query.verify()).isEqualTo(EQUAL);
      assertThat(content()).isEqualTo(before);
      return this;
    }

    /** Changes after which the query fails, and so does the refresh, for the same reason. */
    Maintained failingStep(String changes, String message) throws SQLException {
      user.run(changes);
      assertThatThrownBy(query::refresh).hasMessageContaining(message);
      return this;
    }

    private Maintained step(String changes, String action, String expected) throws SQLException {
      Map<List<String>, Integer> before = content();
      user.run(changes);
      assertThat(query.refresh()).as(changes).isEqualTo(action);
      Map<List<String>, Integer> difference = content();
      before.forEach((row, copies) -> difference.merge(row, -copies, Integer::sum));
      ChangeTable change = changeTable(difference);
      assertThat(change).hasToString(ChangeTable.parse(expected).toString());
      assertThat(query.verify()).as(changes).isEqualTo(EQUAL);
      return this;
    }

    private ChangeTable changeTable(Map<List<String>, Integer> difference) throws SQLException {
      List<List<String>> rows = new ArrayList<>();
      difference.forEach((row, weight) -> {
        if (weight != 0) {
          List<String> cells = new ArrayList<>(row);
          cells.add(String.valueOf(weight));
          rows.add(cells);
        }
      });
      List<String> header = new ArrayList<>(header());
      header.add(ChangeTable.WEIGHT);
      return new ChangeTable(header, rows);
    }

    private List<String> header() throws SQLException {
      try (Statement statement = user.connection().createStatement();
          ResultSet rows = statement.executeQuery("TABLE st")) {
        List<String> names = new ArrayList<>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          names.add(rows.getMetaData().getColumnName(i));
        }
        return names;
      }
    }

    private Map<List<String>, Integer> content() throws SQLException {
      try (Statement statement = user.connection().createStatement();
          ResultSet rows = statement.executeQuery("TABLE st")) {
        Map<List<String>, Integer> content = new LinkedHashMap<>();
        while (rows.next()) {
          List<String> row = new ArrayList<>();
          for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
            String value = rows.getString(i);
            row.add(value == null ? "NULL" : value.strip());
          }
          content.merge(row, 1, Integer::sum);
        }
        return content;
      }
    }
  }
}
