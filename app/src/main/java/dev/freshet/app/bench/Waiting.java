package dev.freshet.app.bench;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** Waits for a client's thread, whose failure is the benchmark's. */
final class Waiting {

  private Waiting() {}

  static <T> T on(Future<T> future) {
    try {
      return future.get();
    } catch (ExecutionException failed) {
      throw new IllegalStateException("a client of the benchmark failed", failed.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the benchmark was interrupted", interrupted);
    }
  }
}
