package dev.freshet.catalog.log;

import dev.freshet.catalog.database.Session;
import dev.freshet.catalog.database.SqlFile;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/**
 * A page of events that a cursor has not seen.
 *
 * @param seen the snapshot that is being caught up to
 * @param complete whether these are all, so that the cursor may move to {@code seen}
 */
record NewEvents(LogCursor seen, List<LoggedEvent> events, boolean complete) {

  private static final int PAGE = 1000;
  private static final String PRESENT = "";
  private static final String QUERY = SqlFile.read(NewEvents.class, "read-new-events.sql");

  /** The first page after the cursor. */
  static NewEvents after(LogCursor cursor, Session session) {
    return page(session, cursor, PRESENT, 0);
  }

  /** The page after this one, of the same catching up. */
  NewEvents next(LogCursor cursor, Session session) {
    return page(session, cursor, seen.snapshot(), events.getLast().id());
  }

  private static NewEvents page(Session session, LogCursor cursor, String target, long after) {
    RowSet<Row> rows = session.execute(QUERY, cursor.snapshot(), target, after, PAGE);
    List<LoggedEvent> events = new ArrayList<>(rows.size());
    LogCursor seen = cursor;
    for (Row row : rows) {
      seen = new LogCursor(row.getString("seen"));
      if (row.getValue("event_id") != null) {
        events.add(eventOf(row));
      }
    }
    return new NewEvents(seen, List.copyOf(events), events.size() < PAGE);
  }

  private static LoggedEvent eventOf(Row row) {
    OffsetDateTime at = row.getOffsetDateTime("at");
    return new LoggedEvent(
        row.getLong("event_id"),
        new EventStream(row.getString("stream")),
        row.getLong("revision"),
        row.getString("author"),
        at.toInstant(),
        EventCodec.read(
            row.getString("type"), row.getInteger("version"), row.getString("payload")));
  }
}
