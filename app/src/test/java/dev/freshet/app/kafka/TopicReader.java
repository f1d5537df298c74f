package dev.freshet.app.kafka;

import dev.freshet.app.testing.Transcript;
import java.io.IOException;
import java.util.List;

/** Kafka's console consumer, at work on a topic. */
final class TopicReader implements AutoCloseable {

  private final Process process;
  private final Transcript lines;

  TopicReader(List<String> command) throws IOException {
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    lines = Transcript.of(process.inputReader());
  }

  TopicRecord next() throws InterruptedException {
    return TopicRecord.of(
        lines.next().orElseThrow(() -> new AssertionError("the consumer has ended")));
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
