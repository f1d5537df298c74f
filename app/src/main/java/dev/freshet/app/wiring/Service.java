package dev.freshet.app.wiring;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Boots the application and comes back when it has ended, in whatever way. */
public final class Service {

  private Service() {}

  /**
   * Returns the exit status.
   *
   * @throws ServiceFailure if it could not start, or broke
   */
  public static int run(Class<? extends QuarkusApplication> application) {
    AtomicReference<Ended> ended = new AtomicReference<>(new Ended(0, null));
    Quarkus.run(application, (status, failure) -> ended.set(new Ended(status, failure)));
    Ended how = ended.get();
    if (how.failure() != null) {
      throw new ServiceFailure(how.failure());
    }
    return how.status();
  }

  private record Ended(int status, @Nullable Throwable failure) {}
}
