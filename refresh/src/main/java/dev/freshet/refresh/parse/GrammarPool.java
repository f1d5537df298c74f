package dev.freshet.refresh.parse;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import run.endive.wasm.WasmEngineException;

/**
 * The instances of the grammar: one for each call that runs, at most {@link #INSTANCES_MAX}, of
 * about 35 MB each. Further calls wait. An instance whose call failed by anything but a refused
 * text is thrown away.
 */
final class GrammarPool {
  /**
   * How many texts are parsed at the same time; parsing happens when stream tables are created or
   * altered.
   */
  static final int INSTANCES_MAX = 2;

  /** How many instances wait for the next call; another one is made in a fraction of a second. */
  private static final int IDLE_MAX = 1;

  private final Semaphore permits = new Semaphore(INSTANCES_MAX);
  private final Deque<GrammarInstance> idle = new ArrayDeque<>();

  /**
   * The result of the work on an instance, on a thread with the Java stack that deep nesting needs.
   */
  <T> T call(Function<GrammarInstance, T> work) {
    permits.acquireUninterruptibly();
    try {
      CompletableFuture<T> result = new CompletableFuture<>();
      new Thread(null, () -> complete(result, work), "sql-parser", GrammarInstance.JAVA_STACK_BYTES)
          .start();
      return result.join();
    } catch (CompletionException failure) {
      throw unwrapped(failure);
    } finally {
      permits.release();
    }
  }

  private <T> void complete(CompletableFuture<T> result, Function<GrammarInstance, T> work) {
    try {
      GrammarInstance instance = take();
      try {
        result.complete(work.apply(instance));
        give(instance);
      } catch (SqlSyntaxException | UnsupportedSyntaxException refused) {
        give(instance);
        result.completeExceptionally(refused);
      }
    } catch (StackOverflowError | WasmEngineException exhausted) {
      // The instance is not given back: after a trap its memory is in an unknown state.
      UnsupportedSyntaxException refused = UnsupportedSyntaxException.tooDeep();
      refused.initCause(exhausted);
      result.completeExceptionally(refused);
    } catch (Throwable failure) {
      // Whatever it is, it belongs to the caller, who waits for the result.
      result.completeExceptionally(failure);
    }
  }

  private GrammarInstance take() {
    synchronized (idle) {
      if (!idle.isEmpty()) {
        return idle.pop();
      }
    }
    return new GrammarInstance();
  }

  private void give(GrammarInstance instance) {
    synchronized (idle) {
      if (idle.size() < IDLE_MAX) {
        idle.push(instance);
      }
    }
  }

  private static RuntimeException unwrapped(CompletionException failure) {
    return failure.getCause() instanceof RuntimeException cause ? cause : failure;
  }
}
