package dev.freshet.app.wiring;

import dev.freshet.catalog.database.Database;
import dev.freshet.catalog.database.DatabaseUrl;
import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The database of the configuration, for every part. */
final class ServedDatabase {

  @Produces
  @Singleton
  Database database(Vertx vertx, ServiceConfiguration configuration) {
    return new Database(vertx, new DatabaseUrl(configuration.url()), Database.newInstance());
  }
}
