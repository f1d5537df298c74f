package dev.freshet.app.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What a process writes, line by line; for one reader. */
public final class Transcript {

  private static final long PATIENCE_SECONDS = 120;

  /** Empty stands for the end. */
  private final BlockingQueue<Optional<String>> arriving = new LinkedBlockingQueue<>();

  private final List<String> lines = new ArrayList<>();

  public static Transcript of(BufferedReader stream) {
    Transcript transcript = new Transcript();
    // Reading a pipe holds the carrier of a virtual thread, and there are as few as processors.
    Thread.ofPlatform().daemon().start(() -> transcript.follow(stream));
    return transcript;
  }

  private void follow(BufferedReader stream) {
    try (stream) {
      for (String line = stream.readLine(); line != null; line = stream.readLine()) {
        arriving.add(Optional.of(line));
      }
    } catch (IOException closed) {
      arriving.add(Optional.of(closed.toString()));
    } finally {
      arriving.add(Optional.empty());
    }
  }

  /** The first line with that part, of those that were written already or will be. */
  String awaitLine(String part) throws InterruptedException {
    for (String line : lines) {
      if (line.contains(part)) {
        return line;
      }
    }
    for (Optional<String> line = next(); line.isPresent(); line = next()) {
      if (line.get().contains(part)) {
        return line.get();
      }
    }
    throw new AssertionError("ended without '%s':%n%s".formatted(part, text()));
  }

  String awaitEnd() throws InterruptedException {
    while (next().isPresent()) {
      // The line is kept.
    }
    return text();
  }

  /** The next line; empty at the end. */
  public Optional<String> next() throws InterruptedException {
    Optional<String> line = arriving.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (line == null) {
      throw new AssertionError("silent for too long after:%n%s".formatted(text()));
    }
    line.ifPresentOrElse(lines::add, () -> arriving.add(Optional.empty()));
    return line;
  }

  private String text() {
    return String.join("\n", lines);
  }
}
