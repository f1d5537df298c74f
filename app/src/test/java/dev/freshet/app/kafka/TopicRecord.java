package dev.freshet.app.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A record of a topic, as the console consumer shows it.
 *
 * @param at when Connect made it, milliseconds since 1970
 * @param key as text; {@code null} where there is none
 * @param value a null node for a tombstone
 */
record TopicRecord(long at, String key, JsonNode value) {

  static final ObjectMapper JSON = new ObjectMapper();

  static TopicRecord of(String line) {
    String[] cells = line.split("\t", 3);
    try {
      return new TopicRecord(
          Long.parseLong(cells[0].substring(cells[0].indexOf(':') + 1)),
          cells[1],
          JSON.readTree(cells[2]));
    } catch (IOException failed) {
      throw new UncheckedIOException(line, failed);
    }
  }

  boolean isTombstone() {
    return value.isNull();
  }

  boolean isMarker() {
    return op().equals("m");
  }

  String op() {
    return value.path("op").asText();
  }

  /** Schema and name of the table, unquoted. */
  String table() {
    if (isMarker()) {
      return value.at("/message/prefix").asText().replace("stream_table:", "");
    }
    return value.at("/source/schema").asText() + "." + value.at("/source/table").asText();
  }

  /** Of the marker. */
  JsonNode marker() throws IOException {
    return JSON.readTree(
        new String(
            Base64.getDecoder().decode(value.at("/message/content").asText()),
            StandardCharsets.UTF_8));
  }

  /** Whether a copy of the table begins with this row. */
  boolean beginsSnapshot() {
    return value.at("/source/snapshot").asText().startsWith("first");
  }

  /** What tells a change from every other one, and is the same when it comes twice. */
  String identity() {
    return String.join(
        " ", value.at("/source/txId").asText(), value.at("/source/lsn").asText(), op(), key);
  }
}
