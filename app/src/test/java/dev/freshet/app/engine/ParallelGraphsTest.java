package dev.freshet.app.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * Random graphs under random changes by concurrent writers, with one worker and with more: at any
 * moment every stream table equals its query, expanded down to the base tables, as of the snapshot
 * that it says it is of. Each change of a base table leaves its transaction's number in a history,
 * from which the base table can be told as of any snapshot.
 *
 * <p>{@code -Dfreshet.parallel.graphs=50} tries so many graphs for each number of workers, and
 * {@code -Dfreshet.parallel.seed=…} begins with that one.
 */
class ParallelGraphsTest {

  private static final int GRAPHS = Integer.getInteger("freshet.parallel.graphs", 1);
  private static final boolean LONG = GRAPHS > 1;
  private static final int NODES = LONG ? 16 : 10;
  private static final int WRITERS = LONG ? 4 : 3;
  private static final int TRANSACTIONS = LONG ? 500 : 100;

  @Test
  void everyStreamTableEqualsItsExpansionAsOfItsSnapshot() throws Exception {
    long first = Long.getLong("freshet.parallel.seed", System.nanoTime() & 0xffffff);
    for (long seed = first; seed < first + GRAPHS; seed++) {
      for (int workers : LONG ? List.of(1, 2, 4, 8) : List.of(1, 4)) {
        try (RunningEngine engine = RunningEngine.create()) {
          new Trial(engine, seed, workers).run();
        }
      }
    }
  }

  /** One graph with one number of workers. */
  private record Trial(RunningEngine engine, RandomGraph graph, long seed, int workers) {

    Trial(RunningEngine engine, long seed, int workers) {
      this(engine, RandomGraph.of(new Random(seed), NODES), seed, workers);
    }

    void run() throws Exception {
      create();
      try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Future<?>> writing = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
          Random random = new Random(seed * 31 + writer);
          writing.add(writers.submit(() -> write(random)));
        }
        int seen = 0;
        String before = "";
        while (writing.stream().anyMatch(writer -> !writer.isDone()) || seen < 2) {
          String now = check();
          seen += now.equals(before) ? 0 : 1;
          before = now;
        }
        rethrow(writing);
      }
      for (RandomGraph.Node node : graph.nodes()) {
        engine.refresh("shop." + node.name());
      }
      check();
      assertThat(engine.failures()).as(story()).isEqualTo("0");
      assertThat(engine.seen(OVERLAPPING)).as(story()).isEqualTo("0");
    }

    /** Refreshes of one stream table that ran at the same time. */
    private static final String OVERLAPPING =
        """
        SELECT count(*) FROM freshet.refresh_history AS one JOIN freshet.refresh_history AS other
          ON other.pgt_id = one.pgt_id AND other.refresh_id > one.refresh_id AND other.start_time < one.end_time\
        """;

    private String story() {
      return "-Dfreshet.parallel.seed=%d with %d workers".formatted(seed, workers);
    }

    private void create() throws SQLException {
      engine.database().set("freshet.max_parallel_workers = " + workers);
      for (int base = 0; base < RandomGraph.BASES; base++) {
        engine.run(
            "CREATE TABLE shop.b%d (id int PRIMARY KEY, k int, v int)".formatted(base),
            "CREATE TABLE shop.h%d (xid xid8 NOT NULL DEFAULT pg_current_xact_id(), w int, id int, k int, v int)"
                .formatted(base),
            """
            CREATE FUNCTION shop.note_%1$d() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                IF tg_op <> 'INSERT' THEN INSERT INTO shop.h%1$d (w, id, k, v) SELECT -1, old.id, old.k, old.v; END IF;
                IF tg_op <> 'DELETE' THEN INSERT INTO shop.h%1$d (w, id, k, v) SELECT 1, new.id, new.k, new.v; END IF;
                RETURN NULL;
            END $$\
            """
                .formatted(base),
            "CREATE TRIGGER note AFTER INSERT OR UPDATE OR DELETE ON shop.b%d FOR EACH ROW EXECUTE FUNCTION shop.note_%1$d()"
                .formatted(base),
            "INSERT INTO shop.b%d SELECT i, i %% 5, i %% 17 FROM generate_series(1, 30) i"
                .formatted(base));
      }
      StringBuilder create = new StringBuilder("SELECT 1");
      for (RandomGraph.Node node : graph.nodes()) {
        create.append(
            ", freshet.create_stream_table('shop.%s', '%s', '%s')"
                .formatted(node.name(), node.query(), node.schedule()));
      }
      engine.run(create.toString());
      for (RandomGraph.Node node : graph.nodes()) {
        engine.await("shop." + node.name());
      }
    }

    /** One transaction after another, of a few changes each. */
    private Void write(Random random) throws SQLException {
      try (Connection session = engine.connect();
          Statement statement = session.createStatement()) {
        session.setAutoCommit(false);
        for (int i = 0; i < TRANSACTIONS; i++) {
          // In one order, so that writers do not wait for one another in a circle.
          var ids = new TreeSet<Integer>();
          random.ints(1 + random.nextInt(4), 1, 60).forEach(ids::add);
          for (int id : ids) {
            statement.execute(change(random, id));
          }
          if (random.nextInt(8) == 0) {
            session.rollback();
          } else {
            session.commit();
          }
        }
      }
      return null;
    }

    private static String change(Random random, int id) {
      int base = id % RandomGraph.BASES;
      return switch (random.nextInt(3)) {
        case 0 -> "DELETE FROM shop.b%d WHERE id = %d".formatted(base, id);
        case 1 ->
            "UPDATE shop.b%d SET v = %d, k = %d WHERE id = %d"
                .formatted(base, random.nextInt(40), random.nextInt(5), id);
        default ->
            "INSERT INTO shop.b%d VALUES (%d, %d, %d) ON CONFLICT (id) DO UPDATE SET v = excluded.v"
                .formatted(base, id, random.nextInt(5), random.nextInt(40));
      };
    }

    /** At one snapshot of ours. Returns of which snapshots the stream tables are. */
    private String check() throws SQLException {
      StringBuilder snapshots = new StringBuilder();
      try (Connection session = engine.database().admin().connect();
          Statement statement = session.createStatement()) {
        session.setAutoCommit(false);
        session.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        for (RandomGraph.Node node : graph.nodes()) {
          String asOf =
              value(
                  statement,
                  "SELECT as_of::text FROM freshet.pgt_stream_tables WHERE pgt_name = '%s'"
                      .formatted(node.name()));
          snapshots.append(asOf).append(' ');
          assertThat(value(statement, difference(node, asOf)))
              .as("%s, %s: %s", story(), node.name(), node.query())
              .isEqualTo("0 0");
        }
      }
      return snapshots.toString();
    }

    private static String difference(RandomGraph.Node node, String asOf) {
      return """
      WITH expansion AS MATERIALIZED (%1$s)
      SELECT (SELECT count(*) FROM (SELECT * FROM expansion EXCEPT ALL TABLE shop.%2$s) AS missing) || ' '
          || (SELECT count(*) FROM (TABLE shop.%2$s EXCEPT ALL SELECT * FROM expansion) AS unexpected)\
      """
          .formatted(
              node.expansion().replace(":as_of", "'%s'::pg_snapshot".formatted(asOf)), node.name());
    }

    private static String value(Statement statement, String query) throws SQLException {
      try (ResultSet rows = statement.executeQuery(query)) {
        rows.next();
        return String.valueOf(rows.getString(1));
      }
    }

    private static void rethrow(List<Future<?>> writing) throws InterruptedException {
      for (Future<?> writer : writing) {
        try {
          writer.get();
        } catch (ExecutionException failed) {
          throw new AssertionError("a writer failed", failed.getCause());
        }
      }
    }
  }
}
