package dev.freshet.app.demo;

import dev.freshet.app.wiring.Endpoints;
import dev.freshet.catalog.database.Database;
import dev.freshet.catalog.database.DatabaseUrl;
import dev.freshet.catalog.database.SqlFile;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.vertx.core.Vertx;
import java.util.random.RandomGenerator;

/** Opens the shop, creates the stream tables, says what there is to see, and waits for the end. */
public class DemoApplication implements QuarkusApplication {

  private final Vertx vertx;
  private final Database service;
  private final Endpoints endpoints;

  DemoApplication(Vertx vertx, Database service, Endpoints endpoints) {
    this.vertx = vertx;
    this.service = service;
    this.endpoints = endpoints;
  }

  @Override
  public int run(String... arguments) {
    DatabaseUrl url = DemoDatabase.ofPeople(service.url().options().getPort());
    Database people = new Database(vertx, url);
    people.with(
        "demo",
        session -> {
          session.query("GRANT USAGE, CREATE ON SCHEMA public TO freshet");
          session.query(SqlFile.read(DemoApplication.class, "create-shop.sql"));
          return session.query(SqlFile.read(DemoApplication.class, "create-stream-tables.sql"));
        });
    try (ShopWorkload _ = ShopWorkload.start(people, RandomGenerator.getDefault())) {
      System.out.print(banner(url));
      System.out.flush();
      Quarkus.waitForExit();
    }
    return 0;
  }

  private String banner(DatabaseUrl url) {
    return """

    Freshet is keeping five stream tables fresh over a shop that is at work.

      Database   %1$s
      Page       %2$s
      GraphQL    %3$s

    Three things to try:

      psql %1$s -c "SELECT * FROM revenue_by_city ORDER BY revenue DESC"
      psql %1$s -c "SELECT freshet.create_stream_table('big_orders', 'SELECT order_id, sum(quantity * unit_price) AS total FROM order_lines GROUP BY order_id HAVING sum(quantity * unit_price) > 400')"
      psql %1$s -c "CALL freshet.verify_stream_table('revenue_by_city')"

    Ctrl-C ends it; the next freshet demo goes on from here.
    """
        .formatted(url, endpoints.page(), endpoints.graphql());
  }
}
