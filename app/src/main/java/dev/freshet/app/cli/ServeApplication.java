package dev.freshet.app.cli;

import dev.freshet.app.wiring.Endpoints;
import dev.freshet.catalog.database.Database;
import dev.freshet.catalog.surface.FreshetVersion;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import org.jboss.logging.Logger;

/** Says that the service is up, and waits for its end. */
public class ServeApplication implements QuarkusApplication {

  private static final Logger LOG = Logger.getLogger(ServeApplication.class);

  private final Database database;
  private final Endpoints endpoints;

  ServeApplication(Database database, Endpoints endpoints) {
    this.database = database;
    this.endpoints = endpoints;
  }

  @Override
  public int run(String... arguments) {
    LOG.infof(
        "Freshet %s serves %s; page %s, GraphQL %s, health and metrics %s",
        FreshetVersion.current(),
        database.url(),
        endpoints.page(),
        endpoints.graphql(),
        endpoints.management());
    Quarkus.waitForExit();
    LOG.info("stopping");
    return 0;
  }
}
