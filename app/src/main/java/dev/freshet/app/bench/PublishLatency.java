package dev.freshet.app.bench;

import dev.freshet.catalog.database.Database;
import dev.freshet.catalog.database.Session;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * From the commit of a change of the source until it can be read from a slot: single rows at random
 * moments, with a scheduler at work. A slot is looked at every few milliseconds, which is in the
 * figures.
 */
final class PublishLatency {

  private static final int PINGS = 300;
  private static final int REHEARSED_PINGS = 10;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String PING = "INSERT INTO freshet_bench.pings VALUES ($1)";
  private static final String PAUSE = "SELECT pg_sleep(0.2 * random())";
  private static final String LOOK_AGAIN = "SELECT pg_sleep(0.002)";

  private final Database database;
  private final Session session;
  private final SlotChanges changes;
  private final Report report;
  private final int pings;

  PublishLatency(
      Database database, Session session, SlotChanges changes, Report report, boolean inEarnest) {
    this.database = database;
    this.session = session;
    this.changes = changes;
    this.report = report;
    this.pings = inEarnest ? PINGS : REHEARSED_PINGS;
  }

  void run() {
    measure("1s");
    measure("100ms");
  }

  private void measure(String schedule) {
    session.query("CREATE TABLE freshet_bench.pings (id int PRIMARY KEY)");
    try (DrivenWorker worker = new DrivenWorker(database)) {
      worker.create(session, "pinged", "SELECT id FROM freshet_bench.pings", schedule, "AUTO");
    }
    String publication = changes.publish("pinged");
    AtomicLongArray committed = new AtomicLongArray(pings + 1);
    double[] millis;
    RunningPool pool = new RunningPool(database, 1);
    try (ExecutorService client = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> pinging = client.submit(() -> ping(committed));
      millis = await(publication, committed);
      Waiting.on(pinging);
    } finally {
      pool.close();
    }
    session.query("SELECT freshet.drop_stream_table('freshet_bench.pinged')");
    session.query("DROP TABLE freshet_bench.pings CASCADE");
    Arrays.sort(millis);
    double median = millis[millis.length / 2];
    double high = millis[millis.length * 99 / 100];
    report.add(
        new Finding(
            PublishScenario.NAME,
            "schedule " + schedule,
            "commit to slot, p50",
            new Cost(median, Double.NaN),
            "p99",
            new Cost(high, Double.NaN),
            median,
            "ms until a change is sent"));
  }

  private void ping(AtomicLongArray committed) {
    database.with(
        "bench client",
        client -> {
          for (int ping = 1; ping <= pings; ping++) {
            client.query(PAUSE);
            client.execute(PING, ping);
            committed.set(ping, System.nanoTime());
          }
          return pings;
        });
  }

  /** How long each took, in milliseconds. */
  private double[] await(String publication, AtomicLongArray committed) {
    double[] millis = new double[pings];
    int found = 0;
    long deadline = System.nanoTime() + PATIENCE.toNanos() + pings * 200_000_000L;
    while (found < pings) {
      for (int ping : changes.inserted(publication)) {
        long seen = System.nanoTime();
        // It can be read before its client has heard of its commit.
        long begun = committed.get(ping);
        millis[found++] = begun == 0 ? 0 : (seen - begun) / 1e6;
      }
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "of %d changes %d were sent within a minute".formatted(pings, found));
      }
      session.query(LOOK_AGAIN);
    }
    return millis;
  }
}
