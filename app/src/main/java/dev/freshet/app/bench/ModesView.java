package dev.freshet.app.bench;

import java.util.Arrays;
import java.util.List;

/** The views of which both ways of refreshing are timed. */
enum ModesView {
  FILTER("linear", "SELECT id, few, amount FROM %1$s_fact WHERE score >= 500"),
  UNION(
      "linear",
      """
      SELECT id, amount FROM %1$s_fact WHERE score < 300
      UNION ALL SELECT id, -amount FROM %1$s_fact WHERE score > 700\
      """),
  SUM_FEW("linear", "SELECT few, count(*) AS n, sum(amount) AS total FROM %1$s_fact GROUP BY few"),
  SUM_MANY(
      "linear", "SELECT many, count(*) AS n, sum(amount) AS total FROM %1$s_fact GROUP BY many"),
  MAX_FEW(
      "rereading",
      "SELECT few, max(score) AS high, min(amount) AS low FROM %1$s_fact GROUP BY few"),
  MAX_MANY(
      "rereading",
      "SELECT many, max(score) AS high, min(amount) AS low FROM %1$s_fact GROUP BY many"),
  COUNT_DISTINCT("rereading", "SELECT few, count(DISTINCT score) AS n FROM %1$s_fact GROUP BY few"),
  DISTINCT_ON(
      "rereading",
      "SELECT DISTINCT ON (many) many, id, amount FROM %1$s_fact ORDER BY many, amount DESC, id"),
  WINDOW(
      "rereading",
      "SELECT id, many, rank() OVER (PARTITION BY many ORDER BY amount) AS place FROM %1$s_fact"),
  JOIN(
      "join",
      """
      SELECT f.id, f.amount, i.name, i.segment FROM %1$s_fact f JOIN %1$s_item i ON i.id = f.item_id\
      """),
  LEFT_JOIN(
      "join",
      """
      SELECT f.id, f.amount, i.name FROM %1$s_fact f
      LEFT JOIN %1$s_item i ON i.id = f.item_id AND i.segment < 5\
      """),
  JOIN_SUM(
      "join",
      """
      SELECT i.segment, count(*) AS n, sum(f.amount) AS total
      FROM %1$s_fact f JOIN %1$s_item i ON i.id = f.item_id GROUP BY i.segment\
      """);

  private final String kind;
  private final String query;

  ModesView(String kind, String query) {
    this.kind = kind;
    this.query = query;
  }

  /** {@code linear}, {@code rereading} or {@code join}. */
  String kind() {
    return kind;
  }

  boolean joins() {
    return kind.equals("join");
  }

  /** Over the tables whose names begin so. */
  String query(String tables) {
    return query.formatted(tables);
  }

  static List<String> kinds() {
    return Arrays.stream(values()).map(ModesView::kind).distinct().toList();
  }
}
