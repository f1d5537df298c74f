package dev.freshet.publication.watch;

import dev.freshet.catalog.database.Database;
import dev.freshet.publication.PublicationConfiguration;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** The watch over the publications, of this service. */
@ApplicationScoped
class PublicationService {

  private final PublicationWatch watch;

  PublicationService(Database database, PublicationConfiguration configuration) {
    watch =
        new PublicationWatch(
            database,
            configuration.publicationCheckInterval(),
            configuration.publicationHeartbeatInterval());
  }

  void onStart(@Observes StartupEvent event) {
    watch.start();
  }

  void onStop(@Observes ShutdownEvent event) {
    watch.stop();
  }
}
