package dev.freshet.app.cli;

import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/**
 * Lets what serves end by itself when a signal asks it to, with the exit status of its own.
 *
 * <p>At a signal the JVM runs all shutdown hooks at once and, after them, ends with 128 and the
 * signal's number, as if it had been killed. Quarkus' own hook ends the service, upon which the
 * main thread tidies up and returns; the hook of this class waits for that, and ends the JVM with
 * the status that was returned.
 */
final class OrderlyEnd {

  private static final long STOP_SECONDS = 40;

  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile OptionalInt status = OptionalInt.empty();

  private OrderlyEnd() {}

  static int of(IntSupplier command) {
    OrderlyEnd end = new OrderlyEnd();
    Thread hook = new Thread(end::await, "freshet-end");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      int status = command.getAsInt();
      end.status = OptionalInt.of(status);
      return status;
    } finally {
      if (!withdraw(hook)) {
        end.ended.countDown();
      }
    }
  }

  private void await() {
    try {
      // After this an embedded server is left behind, and the next demo stops it.
      if (ended.await(STOP_SECONDS, TimeUnit.SECONDS)) {
        status.ifPresent(Runtime.getRuntime()::halt);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Takes a hook away that is not needed any more; false if a signal has set it off. */
  static boolean withdraw(Thread hook) {
    try {
      return Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException alreadyEnding) {
      return false;
    }
  }
}
