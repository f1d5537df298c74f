package dev.freshet.catalog.log;

import dev.freshet.catalog.database.Session;
import dev.freshet.catalog.event.Event;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;

/**
 * Appends to the log, in whatever transaction the session is in.
 *
 * <p>The event and its projections commit or roll back with what it reports.
 */
public final class EventLog {

  private static final String APPEND = "SELECT freshet.append($1, $2, $3::text::jsonb) AS event_id";
  private static final String APPEND_AT =
      "SELECT freshet.append($1, $2, $3::text::jsonb, $4) AS event_id";

  private EventLog() {}

  /** Appends at the end of the stream; returns the event's id. */
  public static long append(Session session, EventStream stream, Event event) {
    return idOf(Session.join(send(session, stream, event)));
  }

  /**
   * Appends if the stream is at this revision (0: empty), else fails with SQLSTATE {@code FR001}.
   *
   * @return the event's id
   */
  public static long appendAt(Session session, EventStream stream, long revision, Event event) {
    return idOf(
        session.execute(
            APPEND_AT, stream.name(), EventCodec.typeOf(event), EventCodec.write(event), revision));
  }

  /** Puts an append on the wire without waiting for it. */
  public static Future<RowSet<Row>> send(Session session, EventStream stream, Event event) {
    return session.send(APPEND, stream.name(), EventCodec.typeOf(event), EventCodec.write(event));
  }

  private static long idOf(RowSet<Row> result) {
    return result.iterator().next().getLong("event_id");
  }
}
