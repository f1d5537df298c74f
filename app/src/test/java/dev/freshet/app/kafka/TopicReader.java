package dev.freshet.app.kafka;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Kafka's console consumer, at work on a topic. */
final class TopicReader implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 180;

  private final Process process;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

  TopicReader(List<String> command) throws IOException {
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    // Reading a pipe holds the carrier of a virtual thread, and there are as few as processors.
    Thread.ofPlatform().daemon().start(this::follow);
  }

  private void follow() {
    try (BufferedReader reader = process.inputReader()) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(line);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  TopicRecord next() throws InterruptedException {
    String line = lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (line == null) {
      throw new AssertionError("no record comes; the consumer is alive: " + process.isAlive());
    }
    return TopicRecord.of(line);
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
