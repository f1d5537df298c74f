package dev.freshet.app.wiring;

import dev.freshet.catalog.database.Database;
import dev.freshet.catalog.log.LogTail;
import dev.freshet.catalog.log.LoggedEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.annotations.Broadcast;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jspecify.annotations.Nullable;

/**
 * Puts committed events of the log on the bus, channel {@code events}.
 *
 * <p>It begins with what commits after the start: whoever needs earlier ones reads the log.
 */
@ApplicationScoped
public class EventFeed {

  private static final int BUFFER = 1024;

  private final Database database;
  private final MutinyEmitter<LoggedEvent> events;
  private volatile @Nullable LogTail tail;

  EventFeed(
      Database database,
      @Channel("events")
          @Broadcast
          @OnOverflow(value = OnOverflow.Strategy.BUFFER, bufferSize = BUFFER)
          MutinyEmitter<LoggedEvent> events) {
    this.database = database;
    this.events = events;
  }

  void onStart(@Observes @Priority(StartOrder.FEED) StartupEvent event) {
    tail = LogTail.fromNow(database, this::put, LogTail.DEFAULT_INTERVAL);
  }

  private void put(List<LoggedEvent> page) {
    page.forEach(events::sendAndAwait);
  }

  /** Whether the log is being followed at this moment. */
  public boolean isFollowing() {
    LogTail present = tail;
    return present != null && present.isFollowing();
  }

  @PreDestroy
  void stop() {
    LogTail present = tail;
    if (present != null) {
      present.close();
    }
  }
}
