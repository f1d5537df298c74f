package dev.freshet.app.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A random graph of stream tables over base tables {@code b0} to {@code b2}, each of columns id, k
 * and v: chains, fans, and diamonds, also in diamonds. Whatever a node reads, it has no more rows
 * than a few for each id and k.
 *
 * @param nodes upstream first
 */
record RandomGraph(List<Node> nodes) {

  static final int BASES = 3;

  private static final List<String> SCHEDULES = List.of("100ms", "300ms", "1s", "calculated");

  /** With one source, and with two; of the second kind there are more, for the diamonds. */
  private static final List<String> UNARY =
      List.of(
          "SELECT id, k, v FROM %1$s AS a WHERE v %% 3 <> 0",
          "SELECT k AS id, k, sum(v)::int AS v FROM %1$s AS a GROUP BY k",
          "SELECT id %% 20 AS id, k, max(v) AS v FROM %1$s AS a GROUP BY 1, k");

  private static final List<String> BINARY =
      List.of(
          "SELECT a.id, a.k, max(a.v + b.v) AS v FROM %1$s AS a JOIN %2$s AS b ON a.id = b.id GROUP BY a.id, a.k",
          "SELECT u.id, u.k, min(u.v) AS v FROM (SELECT id, k, v FROM %1$s AS a UNION ALL SELECT id, k, v FROM %2$s AS b) AS u GROUP BY u.id, u.k",
          "SELECT a.id, a.k, a.v FROM %1$s AS a WHERE EXISTS (SELECT FROM %2$s AS b WHERE b.id = a.id AND b.v > 10)",
          "SELECT a.id, a.k, count(b.v)::int AS v FROM %1$s AS a LEFT JOIN %2$s AS b ON a.id = b.id GROUP BY a.id, a.k");

  /**
   * A stream table.
   *
   * @param query over the relations' names
   * @param expansion over the history of the base tables, as of the snapshot {@code :as_of}
   */
  record Node(String name, String query, String expansion, String schedule) {}

  static RandomGraph of(Random random, int size) {
    List<Node> nodes = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      boolean binary = random.nextInt(4) > 0;
      List<String> rules = binary ? BINARY : UNARY;
      String rule = rules.get(random.nextInt(rules.size()));
      int one = source(random, i);
      int other = source(random, i);
      nodes.add(
          new Node(
              "n" + i,
              rule.formatted(name(one), name(other)),
              rule.formatted(expansion(nodes, one), expansion(nodes, other)),
              SCHEDULES.get(random.nextInt(SCHEDULES.size()))));
    }
    return new RandomGraph(List.copyOf(nodes));
  }

  /** A base table below zero; late nodes mostly read late ones, so that it becomes deep. */
  private static int source(Random random, int node) {
    int back = 1 + random.nextInt(4);
    return node - back >= 0 && random.nextInt(5) > 0 ? node - back : -1 - random.nextInt(BASES);
  }

  private static String name(int source) {
    return source < 0 ? "shop.b" + (-1 - source) : "shop.n" + source;
  }

  private static String expansion(List<Node> nodes, int source) {
    return source < 0
        ? """
        (SELECT id, k, v FROM shop.h%d WHERE pg_visible_in_snapshot(xid, :as_of) GROUP BY id, k, v HAVING sum(w) > 0)\
        """
            .formatted(-1 - source)
            .strip()
        : "(" + nodes.get(source).expansion() + ")";
  }
}
