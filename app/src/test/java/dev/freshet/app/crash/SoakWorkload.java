package dev.freshet.app.crash;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/** Tables of bounded size, stream tables over them, and writers that never rest. */
final class SoakWorkload implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(SoakWorkload.class);

  static final List<String> STREAM_TABLES =
      List.of("per_city", "big", "joined", "per_customer", "b", "c", "d", "cities", "latest");

  private static final int WRITERS = 3;
  private static final int CUSTOMERS = 200;
  private static final int ORDERS = 3000;

  private final CrashServer server;
  private final List<Thread> writers = new ArrayList<>();
  private final AtomicLong committed = new AtomicLong();
  private volatile boolean goOn = true;

  SoakWorkload(CrashServer server) throws SQLException {
    this.server = server;
    server.run(
        CrashServer.USER,
        "CREATE TABLE customers (id int PRIMARY KEY, city text NOT NULL)",
        "CREATE TABLE orders (id int PRIMARY KEY, customer int NOT NULL, amount numeric(12, 2) NOT NULL)",
        "INSERT INTO customers SELECT i, 'city ' || i %% 20 FROM generate_series(1, %d) AS i"
            .formatted(CUSTOMERS),
        "INSERT INTO orders SELECT i, 1 + i %% %d, i FROM generate_series(1, %d) AS i"
            .formatted(CUSTOMERS, ORDERS / 2),
        """
        SELECT freshet.create_stream_table('per_city', 'SELECT c.city, count(*) AS n, sum(o.amount) AS amount FROM orders o JOIN customers c ON c.id = o.customer GROUP BY c.city', '200ms'),
               freshet.create_stream_table('big', 'SELECT city FROM per_city WHERE amount > 10000', '300ms'),
               freshet.create_stream_table('joined', 'SELECT o.id, o.amount, c.city FROM orders o LEFT JOIN customers c ON c.id = o.customer', '500ms'),
               freshet.create_stream_table('per_customer', 'SELECT customer, max(amount) AS most, min(amount) AS least, count(*) AS n FROM orders GROUP BY customer', '200ms'),
               freshet.create_stream_table('b', 'SELECT customer, most FROM per_customer WHERE n > 5', '400ms'),
               freshet.create_stream_table('c', 'SELECT customer, least FROM per_customer WHERE n < 50', '400ms'),
               freshet.create_stream_table('d', 'SELECT b.customer, b.most, c.least FROM b JOIN c ON c.customer = b.customer', '400ms'),
               freshet.create_stream_table('cities', 'SELECT DISTINCT city FROM customers', '100ms'),
               freshet.create_stream_table('latest', 'SELECT id, customer, row_number() OVER (PARTITION BY customer ORDER BY amount DESC, id) AS place FROM orders', '1s', 'FULL')\
        """);
  }

  void start(SplittableRandom random) {
    for (int i = 0; i < WRITERS; i++) {
      SplittableRandom own = random.split();
      writers.add(Thread.ofVirtual().name("writer-" + i).start(() -> write(own)));
    }
  }

  private void write(SplittableRandom random) {
    while (goOn) {
      try (Connection session = server.connect(CrashServer.USER);
          Statement statement = session.createStatement()) {
        session.setAutoCommit(false);
        while (goOn) {
          int statements = 1 + random.nextInt(4);
          for (int i = 0; i < statements; i++) {
            statement.execute(change(random));
          }
          if (random.nextInt(10) == 0) {
            session.rollback();
          } else {
            session.commit();
            committed.incrementAndGet();
          }
          // So that the server also has time for the service.
          statement.execute("SELECT pg_sleep(0.01)");
        }
      } catch (SQLException away) {
        LOG.debugf("a writer begins anew: %s", away.getMessage());
      }
    }
  }

  private static String change(SplittableRandom random) {
    int id = 1 + random.nextInt(ORDERS);
    int customer = 1 + random.nextInt(CUSTOMERS);
    int amount = random.nextInt(1000);
    return switch (random.nextInt(6)) {
      case 0, 1 ->
          "INSERT INTO orders VALUES (%d, %d, %d) ON CONFLICT (id) DO UPDATE SET amount = excluded.amount"
              .formatted(id, customer, amount);
      case 2 -> "UPDATE orders SET amount = %d WHERE id = %d".formatted(amount, id);
      case 3 ->
          "UPDATE orders SET customer = %d WHERE id BETWEEN %d AND %d"
              .formatted(customer, id, id + 5);
      case 4 -> "DELETE FROM orders WHERE id BETWEEN %d AND %d".formatted(id, id + 2);
      default ->
          "UPDATE customers SET city = 'city %d' WHERE id = %d"
              .formatted(random.nextInt(25), customer);
    };
  }

  long committed() {
    return committed.get();
  }

  @Override
  public void close() {
    goOn = false;
    try {
      for (Thread writer : writers) {
        writer.join();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
