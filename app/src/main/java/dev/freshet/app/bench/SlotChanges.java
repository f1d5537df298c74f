package dev.freshet.app.bench;

import dev.freshet.catalog.database.Session;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.List;

/** What a subscriber of publications would be sent, taken from a slot of the benchmark's own. */
final class SlotChanges implements AutoCloseable {

  private static final String SLOT = "freshet_bench";
  private static final String TAKE =
      """
      SELECT data FROM pg_logical_slot_get_binary_changes($1, NULL, NULL,
          'proto_version', '1', 'publication_names', $2)\
      """;

  /** What is not flushed is not sent; a commit flushes all that came before it. */
  private static final String FLUSH =
      """
      BEGIN; SET LOCAL synchronous_commit = on;
      SELECT pg_logical_emit_message(true, 'freshet_bench', ''); COMMIT\
      """;

  private final Session session;

  SlotChanges(Session session) {
    this.session = session;
    dropIfThere();
    session.execute("SELECT pg_create_logical_replication_slot($1, 'pgoutput')", SLOT);
  }

  /**
   * Publishes a stream table of the benchmark's; what it is sent begins here.
   *
   * @return the publication
   */
  String publish(String name) {
    String publication =
        session
            .execute(
                "SELECT freshet.stream_table_to_publication($1)", BenchTables.SCHEMA + "." + name)
            .iterator()
            .next()
            .getString(0);
    count(publication);
    return publication;
  }

  /** Insertions, updates, deletions and truncations since the last time, of a publication. */
  long count(String publication) {
    session.query(FLUSH);
    return take(publication).stream()
        .filter(change -> "IUDT".indexOf(change.getByte(0)) >= 0)
        .count();
  }

  /**
   * The first column, an integer, of each row inserted since the last time.
   *
   * @param publication of one table
   */
  List<Integer> inserted(String publication) {
    List<Integer> keys = new ArrayList<>();
    for (Buffer change : take(publication)) {
      if (change.getByte(0) == 'I') {
        // Behind the kind and the table's id: 'N', how many columns, 't', the text's length.
        int at = 1 + 4 + 1 + 2 + 1;
        keys.add(Integer.parseInt(change.getString(at + 4, at + 4 + change.getInt(at))));
      }
    }
    return keys;
  }

  private List<Buffer> take(String publication) {
    List<Buffer> changes = new ArrayList<>();
    for (Row row : session.execute(TAKE, SLOT, publication)) {
      changes.add(row.getBuffer(0));
    }
    return changes;
  }

  private void dropIfThere() {
    session.execute(
        "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = $1",
        SLOT);
  }

  @Override
  public void close() {
    dropIfThere();
  }
}
