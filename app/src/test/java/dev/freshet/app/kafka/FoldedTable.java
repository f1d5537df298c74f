package dev.freshet.app.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A stream table as a consumer makes it of records, by the recipe of {@code docs/publications.md}.
 */
final class FoldedTable {

  private static final String NO_KEY = "null";

  private final Map<String, String> keyed = new LinkedHashMap<>();
  private final List<String> bag = new ArrayList<>();
  private final List<TopicRecord> gathered = new ArrayList<>();
  private long lastRefresh;
  private int replayed;

  void gather(TopicRecord record) {
    if (record.beginsSnapshot()) {
      gathered.clear();
    }
    gathered.add(record);
  }

  /**
   * Applies what was gathered, unless this refresh was applied before.
   *
   * @return whether it was applied now
   */
  boolean apply(long refreshId) {
    boolean isNew = refreshId > lastRefresh;
    if (isNew) {
      Set<String> seen = new HashSet<>();
      for (TopicRecord record : gathered) {
        if (record.beginsSnapshot()) {
          keyed.clear();
          bag.clear();
        }
        if (record.op().equals("r") || seen.add(record.identity())) {
          change(record);
        }
      }
      lastRefresh = refreshId;
    } else {
      replayed++;
    }
    gathered.clear();
    return isNew;
  }

  private void change(TopicRecord record) {
    JsonNode before = record.value().path("before");
    JsonNode after = record.value().path("after");
    if (!record.key().equals(NO_KEY)) {
      if (after.isObject()) {
        keyed.put(record.key(), row(after));
      } else {
        keyed.remove(record.key());
      }
      return;
    }
    if (before.isObject() && !bag.remove(row(before))) {
      throw new AssertionError("no such row to take away: " + record + " in " + bag);
    }
    if (after.isObject()) {
      bag.add(row(after));
    }
  }

  /** How many refreshes came again and were passed over. */
  int replayed() {
    return replayed;
  }

  /** Rows in order. */
  List<String> rows() {
    List<String> rows = new ArrayList<>(keyed.values());
    rows.addAll(bag);
    return rows.stream().sorted().toList();
  }

  private static String row(JsonNode object) {
    Map<String, String> cells = new TreeMap<>();
    object.properties().forEach(cell -> cells.put(cell.getKey(), cell.getValue().asText()));
    return cells.toString();
  }
}
