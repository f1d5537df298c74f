package dev.freshet.scheduler.dispatch;

import dev.freshet.catalog.event.refresh.WorkOutcome;
import dev.freshet.catalog.event.scheduler.WorkRequested;
import io.smallrye.reactive.messaging.MutinyEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Consumer;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jspecify.annotations.Nullable;

/**
 * The scheduler's end of the bus: requests go out on {@code refresh-requests}, outcomes come in.
 */
@ApplicationScoped
public class RefreshChannels implements WorkRequests {

  private final MutinyEmitter<WorkRequested> requests;
  private volatile @Nullable Consumer<WorkOutcome> listener;

  RefreshChannels(
      @Channel("refresh-requests") @OnOverflow(value = OnOverflow.Strategy.BUFFER, bufferSize = 256)
          MutinyEmitter<WorkRequested> requests) {
    this.requests = requests;
  }

  @Override
  public void send(WorkRequested work) {
    requests.sendAndForget(work);
  }

  /** Who hears of outcomes from now on. */
  public void listen(Consumer<WorkOutcome> consumer) {
    listener = consumer;
  }

  @Incoming("refresh-outcomes-in")
  void onOutcome(WorkOutcome outcome) {
    Consumer<WorkOutcome> present = listener;
    if (present != null) {
      present.accept(outcome);
    }
  }
}
