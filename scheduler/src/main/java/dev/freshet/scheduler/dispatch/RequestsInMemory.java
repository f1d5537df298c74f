package dev.freshet.scheduler.dispatch;

import dev.freshet.catalog.event.scheduler.WorkRequested;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Outgoing;

/**
 * Hands requests on to this process's workers. A channel cannot be both ends of a connector, hence
 * two names.
 */
@ApplicationScoped
class RequestsInMemory {

  @Incoming("refresh-requests")
  @Outgoing("refresh-requests-in")
  WorkRequested relay(WorkRequested work) {
    return work;
  }
}
