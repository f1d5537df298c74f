package dev.freshet.app.engine;

import dev.freshet.catalog.database.Database;
import dev.freshet.catalog.database.DatabaseUrl;
import dev.freshet.catalog.database.Session;
import dev.freshet.catalog.event.scheduler.WorkRequested;
import dev.freshet.catalog.log.LogTail;
import dev.freshet.catalog.testing.InstalledDatabase;
import dev.freshet.catalog.testing.TestDatabase;
import dev.freshet.prediction.CostModels;
import dev.freshet.prediction.PredictionSettings;
import dev.freshet.refresh.capture.CaptureSettings;
import dev.freshet.refresh.channel.RefreshService;
import dev.freshet.refresh.channel.Surroundings;
import dev.freshet.refresh.worker.WorkerSettings;
import dev.freshet.scheduler.lead.Leadership;
import dev.freshet.scheduler.tick.SchedulerSettings;
import dev.freshet.scheduler.tick.Ticker;
import dev.freshet.sla.FreshnessObjectives;
import io.vertx.core.Vertx;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;

/** Scheduler and workers of one service, wired without a bus, and a user at a prompt. */
final class RunningEngine implements AutoCloseable {

  private final InstalledDatabase database;
  private final Vertx vertx = Vertx.vertx();
  private final RefreshService service;
  private volatile Duration tickDelay = Duration.ZERO;
  private final CostModels costs;
  private final LogTail tail;
  private final Ticker ticker;
  private final Leadership leadership;

  RunningEngine(InstalledDatabase database) {
    this(database, "worker");
  }

  RunningEngine(InstalledDatabase database, String worker) {
    this(database, worker, database.serviceUrl());
  }

  /**
   * @param url by which the service reaches the database
   */
  RunningEngine(InstalledDatabase database, String worker, DatabaseUrl url) {
    this.database = database;
    Database served = new Database(vertx, url, Database.newInstance());
    FreshnessObjectives objectives = new FreshnessObjectives(Clock.systemUTC());
    costs = new CostModels(Clock.systemUTC(), PredictionSettings.defaults(), 0.5);
    service =
        new RefreshService(
            served,
            WorkerSettings.defaults(),
            CaptureSettings.defaults(),
            new Surroundings(costs, List.of(costs, objectives)),
            worker);
    tail = LogTail.fromNow(served, page -> page.forEach(costs::observe), Duration.ofMillis(20));
    ticker =
        new Ticker(
            this::staleAmong,
            this::work,
            Clock.systemUTC(),
            objectives,
            new SchedulerSettings(
                true, Duration.ofMillis(20), Duration.ofMillis(100), ZoneOffset.UTC, 1));
    leadership = new Leadership(served, ticker);
    leadership.start();
  }

  static RunningEngine create() throws SQLException {
    return new RunningEngine(InstalledDatabase.create());
  }

  private void work(WorkRequested work) {
    Thread.ofVirtual().start(() -> ticker.ended(service.run(work)));
  }

  /** The same as the service says, after the delay: it keeps the tick waiting. */
  private Set<Long> staleAmong(Collection<Long> pgtIds) {
    LockSupport.parkNanos(tickDelay.toNanos());
    return service.among(pgtIds);
  }

  /** Every tick that has something to look at takes so much longer from now on. */
  void delayTicks(Duration delay) {
    tickDelay = delay;
  }

  InstalledDatabase database() {
    return database;
  }

  boolean isLeading() {
    return leadership.isLeading();
  }

  /** Runs statements as the user, each a transaction of its own unless one says BEGIN. */
  void run(String... statements) throws SQLException {
    try (Connection session = connect()) {
      for (String sql : statements) {
        try (var statement = session.createStatement()) {
          statement.execute(sql);
        }
      }
    }
  }

  Connection connect() throws SQLException {
    Connection session = database.user().connect();
    try (var statement = session.createStatement()) {
      statement.execute("SET search_path = shop");
    }
    return session;
  }

  /** The result as text: rows by line, columns by " | ". */
  String rows(String query) throws SQLException {
    return rows(database.user(), "SET search_path = shop", query);
  }

  /** The same as the superuser. */
  String seen(String query) throws SQLException {
    return rows(database.admin(), "SELECT", query);
  }

  private static String rows(TestDatabase role, String first, String query) throws SQLException {
    try (Connection session = role.connect();
        var statement = session.createStatement()) {
      statement.execute(first);
      try (ResultSet result = statement.executeQuery(query)) {
        StringBuilder text = new StringBuilder();
        int columns = result.getMetaData().getColumnCount();
        while (result.next()) {
          text.append(text.isEmpty() ? "" : "\n");
          for (int column = 1; column <= columns; column++) {
            text.append(column == 1 ? "" : " | ").append(result.getString(column));
          }
        }
        return text.toString();
      }
    }
  }

  void await(String streamTable) throws SQLException {
    run("CALL freshet.wait_for_stream_table('%s')".formatted(streamTable));
  }

  void refresh(String streamTable) throws SQLException {
    run("CALL freshet.refresh_stream_table('%s', '30 s')".formatted(streamTable));
  }

  /** Missing and unexpected rows. */
  String verify(String streamTable) throws SQLException {
    return rows("CALL freshet.verify_stream_table('%s')".formatted(streamTable));
  }

  /** How many refreshes have failed. */
  String failures() throws SQLException {
    return seen("SELECT count(*) FROM freshet.refresh_history WHERE status = 'ERROR'");
  }

  /** What is said from now on with NOTIFY freshet_alert. */
  BlockingQueue<String> alerts() {
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    Session listener = new Database(vertx, database.serviceUrl()).open("listener");
    listener.connection().notificationHandler(alert -> heard.add(alert.getPayload()));
    listener.query("LISTEN freshet_alert");
    return heard;
  }

  /** Waits until a query, as the superuser, gives a result; the service is at work meanwhile. */
  void awaitSeen(String query, String expected) throws SQLException {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    String found = seen(query);
    while (!found.equals(expected)) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("expected %s, found %s".formatted(expected, found));
      }
      seen("SELECT pg_sleep(0.02)");
      found = seen(query);
    }
  }

  @Override
  public void close() {
    leadership.stop();
    tail.close();
    service.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
