package dev.freshet.refresh.channel;

import dev.freshet.catalog.event.refresh.WorkOutcome;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Outgoing;

/**
 * Hands outcomes on to this process's scheduler. A channel cannot be both ends of a connector,
 * hence two names.
 */
@ApplicationScoped
class OutcomesInMemory {

  @Incoming("refresh-outcomes")
  @Outgoing("refresh-outcomes-in")
  WorkOutcome relay(WorkOutcome outcome) {
    return outcome;
  }
}
