package dev.freshet.app.demo;

import dev.freshet.catalog.database.Database;
import dev.freshet.catalog.database.DatabaseException;
import dev.freshet.catalog.database.Session;
import dev.freshet.catalog.database.SqlFile;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/** The people who use the shop: some ten small transactions a second, until it is closed. */
final class ShopWorkload implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(ShopWorkload.class);
  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final Duration RETRY_WAIT = Duration.ofSeconds(1);
  private static final int PERCENT = 100;

  private final Database database;
  private final RandomGenerator random;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;

  private ShopWorkload(Database database, RandomGenerator random) {
    this.database = database;
    this.random = random;
    this.thread = Thread.ofVirtual().name("freshet-demo-shop").unstarted(this::run);
  }

  static ShopWorkload start(Database database, RandomGenerator random) {
    ShopWorkload workload = new ShopWorkload(database, random);
    workload.thread.start();
    return workload;
  }

  private void run() {
    try {
      do {
        try (Session session = database.open("demo shop")) {
          work(session);
        } catch (DatabaseException lost) {
          LOG.warnf("the demo's shop is closed for a moment: %s", lost.getMessage());
        }
      } while (!closing.await(RETRY_WAIT.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private void work(Session session) throws InterruptedException {
    while (!closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
      session.execute(Happening.at(random.nextInt(PERCENT)).statement());
    }
  }

  @Override
  public void close() {
    closing.countDown();
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** What may happen in the shop, and in how many of a hundred cases. */
  private enum Happening {
    PLACE_ORDER(50, "place-order"),
    ADVANCE_ORDER(25, "advance-order"),
    CHANGE_QUANTITY(10, "change-quantity"),
    DELETE_ORDERS(8, "delete-orders"),
    MOVE_CUSTOMER(4, "move-customer"),
    CHANGE_PRICE(3, "change-price");

    private final int share;
    private final String statement;

    Happening(int share, String file) {
      this.share = share;
      this.statement = SqlFile.read(ShopWorkload.class, file + ".sql");
    }

    String statement() {
      return statement;
    }

    static Happening at(int percent) {
      int left = percent;
      for (Happening happening : values()) {
        left -= happening.share;
        if (left < 0) {
          return happening;
        }
      }
      throw new IllegalStateException("the shares are not a hundred");
    }
  }
}
