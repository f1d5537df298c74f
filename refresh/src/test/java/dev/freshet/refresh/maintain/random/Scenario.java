package dev.freshet.refresh.maintain.random;

import dev.freshet.catalog.database.DatabaseException;
import dev.freshet.refresh.maintain.EngineDatabase;
import dev.freshet.refresh.maintain.EngineDatabase.UserSession;
import dev.freshet.refresh.maintain.MaintainedQuery;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tables, a query over them, and the changes after each of which it is compared. */
record Scenario(
    List<String> creation,
    List<String> content,
    Relation query,
    boolean coarse,
    List<List<String>> batches) {

  private static final String EQUAL = "0 missing, 0 unexpected";
  private static final int RESULT_ROWS_MAX = 3000;

  Scenario {
    creation = List.copyOf(creation);
    content = List.copyOf(content);
    batches = batches.stream().map(List::copyOf).toList();
  }

  /** What a run came to. */
  sealed interface Outcome {

    /**
     * All was equal.
     *
     * @param differential whether by deltas
     */
    record Held(boolean differential, int refreshes) implements Outcome {}

    /** PostgreSQL does not take the query, or it has too many rows to be of use. */
    record Invalid(String reason) implements Outcome {}

    /** The engine failed; after so many batches. */
    record Failed(int batches, String what) implements Outcome {}
  }

  Scenario withQuery(Relation other) {
    return new Scenario(creation, content, other, coarse, batches);
  }

  Scenario withContent(List<String> other) {
    return new Scenario(creation, other, query, coarse, batches);
  }

  Scenario withBatches(List<List<String>> other) {
    return new Scenario(creation, content, query, coarse, other);
  }

  /** Runs in a schema of its own. */
  Outcome run(EngineDatabase database) throws SQLException {
    try (UserSession user = database.user()) {
      for (String statement : creation) {
        user.run(statement);
      }
      Optional<Outcome.Invalid> invalid = prepare(user);
      if (invalid.isPresent()) {
        return invalid.get();
      }
      return maintain(database, user);
    }
  }

  private Optional<Outcome.Invalid> prepare(UserSession user) {
    try {
      if (coarse && (query.sql() + query.views()).contains("now()")) {
        return Optional.of(new Outcome.Invalid("compared by value, which is another time"));
      }
      for (String view : query.views()) {
        user.run(view);
      }
      for (String statement : content) {
        user.run(statement);
      }
      long rows = Long.parseLong(user.value("SELECT count(*) FROM (%s) q".formatted(query.sql())));
      return rows > RESULT_ROWS_MAX
          ? Optional.of(new Outcome.Invalid(rows + " rows"))
          : Optional.empty();
    } catch (SQLException refused) {
      return Optional.of(new Outcome.Invalid(String.valueOf(refused.getMessage())));
    }
  }

  private Outcome maintain(EngineDatabase database, UserSession user) throws SQLException {
    int done = 0;
    int refreshes = 0;
    String action = "creation";
    try {
      MaintainedQuery maintained = MaintainedQuery.create(database, user, "st", query.sql());
      String difference = difference(user, maintained);
      while (difference.equals(EQUAL) && done < batches.size()) {
        Optional<Outcome.Invalid> impossible = change(user, batches.get(done));
        if (impossible.isPresent()) {
          return impossible.get();
        }
        done++;
        action = maintained.refresh();
        refreshes++;
        difference = difference(user, maintained);
      }
      return difference.equals(EQUAL)
          ? new Outcome.Held(maintained.isDifferential(), refreshes)
          : new Outcome.Failed(done, difference + " after " + action);
    } catch (DatabaseException | IllegalStateException broken) {
      return new Outcome.Failed(done, broken.toString());
    }
  }

  /** Changes that fail by themselves, by an overflow or a key, prove nothing. */
  private static Optional<Outcome.Invalid> change(UserSession user, List<String> batch) {
    try {
      for (String statement : batch) {
        user.run(statement);
      }
      return Optional.empty();
    } catch (SQLException refused) {
      return Optional.of(new Outcome.Invalid(String.valueOf(refused.getMessage())));
    }
  }

  private String difference(UserSession user, MaintainedQuery maintained) throws SQLException {
    return coarse ? differenceByValue(user) : maintained.verify();
  }

  /** As values, of which 1.0 equals 1.00. */
  private String differenceByValue(UserSession user) throws SQLException {
    List<String> values = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (RandomColumn column : query.columns()) {
      names.add("x" + (names.size() + 1));
      values.add(
          column.kind() == Kind.FLOAT
              ? "to_char(%s + 0, '9.99999999EEEE')".formatted(names.getLast())
              : names.getLast());
    }
    return user.value(
        """
        WITH wanted (%1$s) AS MATERIALIZED (%3$s), kept (%1$s) AS (TABLE st),
          w AS (SELECT %2$s FROM wanted), k AS (SELECT %2$s FROM kept)
        SELECT (SELECT count(*) FROM (TABLE w EXCEPT ALL TABLE k) a) || ' missing, '
            || (SELECT count(*) FROM (TABLE k EXCEPT ALL TABLE w) b) || ' unexpected'\
        """
            .formatted(String.join(", ", names), String.join(", ", values), query.sql()));
  }

  /** For people, to be pasted into psql. */
  String script() {
    List<String> lines = new ArrayList<>(creation);
    lines.addAll(content);
    lines.addAll(query.views());
    lines.add("-- query: " + query.sql());
    for (List<String> batch : batches) {
      lines.add("-- batch");
      lines.addAll(batch);
    }
    return String.join(";\n", lines);
  }
}
