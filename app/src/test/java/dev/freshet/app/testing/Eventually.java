package dev.freshet.app.testing;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** For what says nothing when it changes, and has to be asked: an address, a table. */
public final class Eventually {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long INTERVAL_MILLIS = 20;

  private Eventually() {}

  /** Asks until the answer is as expected, and returns it. */
  public static <T> T see(Question<T> question, Predicate<T> expected) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    CountDownLatch never = new CountDownLatch(1);
    T answer = question.ask();
    while (!expected.test(answer)) {
      if (System.nanoTime() > deadline || never.await(INTERVAL_MILLIS, TimeUnit.MILLISECONDS)) {
        throw new AssertionError("still " + answer);
      }
      answer = question.ask();
    }
    return answer;
  }

  /** May fail, and the test with it. */
  @FunctionalInterface
  public interface Question<T> {
    T ask() throws Exception;
  }
}
