package dev.freshet.app.engine;

import dev.freshet.catalog.testing.TestDatabase;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the server sends to a subscriber of publications, read through a slot of the test's own. */
final class SentChanges implements AutoCloseable {

  private static final String TAKE =
      """
      SELECT data FROM pg_logical_slot_get_binary_changes(?, NULL, NULL, 'proto_version', '1',
                                                          'publication_names', ?, 'messages', 'true')\
      """;

  private final TestDatabase publisher;
  private final String slot;
  private final String publications;
  private final Map<Integer, String> relations = new HashMap<>();

  SentChanges(TestDatabase publisher, String publications) throws SQLException {
    this.publisher = publisher;
    this.slot = "sent_" + publisher.name();
    this.publications = publications;
    publisher.run("SELECT pg_create_logical_replication_slot('%s', 'pgoutput')".formatted(slot));
  }

  /**
   * What one transaction, or more, sent.
   *
   * @param rows by table: how many were inserted, updated, deleted, and how often it was truncated
   * @param messages prefix and content
   * @param order kinds in the order in which they were sent
   */
  record Sent(Map<String, Map<Character, Integer>> rows, List<Message> messages, String order) {
    int count(String table, char kind) {
      return rows.getOrDefault(table, Map.of()).getOrDefault(kind, 0);
    }
  }

  /** A message in PostgreSQL's log. */
  record Message(boolean transactional, String prefix, String content) {}

  /** Everything since the last time. */
  Sent take() throws SQLException {
    Map<String, Map<Character, Integer>> rows = new TreeMap<>();
    List<Message> messages = new ArrayList<>();
    StringBuilder order = new StringBuilder();
    try (Connection connection = publisher.connect();
        var flush = connection.createStatement();
        var take = connection.prepareStatement(TAKE)) {
      // The server writes its log when it comes to it; a slot reads what is written.
      flush.execute("SET synchronous_commit = on");
      flush.execute("SELECT pg_logical_emit_message(true, 'flush', '')");
      take.setString(1, slot);
      take.setString(2, publications);
      try (ResultSet changes = take.executeQuery()) {
        while (changes.next()) {
          read(ByteBuffer.wrap(changes.getBytes(1)), rows, messages, order);
        }
      }
    }
    return new Sent(rows, messages, order.toString().replace("BMC", ""));
  }

  private void read(
      ByteBuffer change,
      Map<String, Map<Character, Integer>> rows,
      List<Message> messages,
      StringBuilder order) {
    char kind = (char) change.get();
    switch (kind) {
      case 'R' -> {
        int id = change.getInt();
        relations.put(id, text(change) + "." + text(change));
      }
      case 'I', 'U', 'D' -> {
        order.append(kind);
        String table = relations.getOrDefault(change.getInt(), "?");
        rows.computeIfAbsent(table, ignored -> new TreeMap<>()).merge(kind, 1, Integer::sum);
      }
      case 'M' -> {
        boolean transactional = change.get() == 1;
        long _ = change.getLong();
        String prefix = text(change);
        byte[] content = new byte[change.getInt()];
        change.get(content);
        order.append(kind);
        if (!prefix.equals("flush")) {
          messages.add(
              new Message(transactional, prefix, new String(content, StandardCharsets.UTF_8)));
        }
      }
      default -> {
        if (kind != 'Y') {
          order.append(kind);
        }
      }
    }
  }

  private static String text(ByteBuffer from) {
    StringBuilder text = new StringBuilder();
    for (byte next = from.get(); next != 0; next = from.get()) {
      text.append((char) next);
    }
    return text.toString();
  }

  @Override
  public void close() throws SQLException {
    publisher.run("SELECT pg_drop_replication_slot('%s')".formatted(slot));
  }
}
