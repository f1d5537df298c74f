package dev.freshet.app.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The packaged application at work, as {@code ./freshet} runs it; closing it ends it. */
public final class FreshetProcess implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 120;
  private static final Path JAR =
      Path.of("target", "quarkus-app", "quarkus-run.jar").toAbsolutePath();

  /** As in {@code ./freshet}; and a compiler that is quick to begin, for these short lives. */
  private static final List<String> OPTIONS =
      List.of(
          "--add-opens=java.base/java.lang=ALL-UNNAMED",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          "-XX:TieredStopAtLevel=1",
          "-XX:+UseSerialGC",
          "-Xmx512m");

  private final Process process;
  private final Transcript out;
  private final Transcript error;

  private FreshetProcess(Process process) {
    this.process = process;
    this.out = Transcript.of(process.inputReader());
    this.error = Transcript.of(process.errorReader());
  }

  public static FreshetProcess start(String... arguments) {
    return startBy(List.of(), arguments);
  }

  /**
   * Starts it by another command, which runs it in its own place.
   *
   * @param command what comes before {@code java}
   */
  public static FreshetProcess startBy(List<String> command, String... arguments) {
    if (!Files.exists(JAR)) {
      throw new IllegalStateException("the application is not packaged: there is no " + JAR);
    }
    List<String> words = new ArrayList<>(command);
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(OPTIONS);
    words.addAll(List.of("-jar", JAR.toString()));
    words.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(words);
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("FRESHET_") || name.startsWith("PG"));
    try {
      return new FreshetProcess(builder.start());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Runs it to its end. */
  public static Ended run(String... arguments) throws InterruptedException {
    try (FreshetProcess process = start(arguments)) {
      return process.awaitEnd();
    }
  }

  public String awaitOutput(String part) throws InterruptedException {
    return out.awaitLine(part);
  }

  public String awaitLog(String part) throws InterruptedException {
    return error.awaitLine(part);
  }

  public Ended awaitEnd() throws InterruptedException {
    String written = out.awaitEnd();
    String complained = error.awaitEnd();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("closed its output and does not end");
    }
    return new Ended(process.exitValue(), written, complained);
  }

  /** Asks it to end, as Ctrl-C or SIGTERM do, and waits. */
  public Ended terminate() throws InterruptedException {
    // Process.destroy would close the streams with the last words in them.
    process.toHandle().destroy();
    return awaitEnd();
  }

  /** Sends a signal, by its name, STOP or CONT; nothing if it has ended. */
  public void signal(String name) throws InterruptedException {
    if (!process.isAlive()) {
      return;
    }
    try {
      Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
      if (kill.waitFor() != 0) {
        throw new AssertionError("cannot send " + name);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** SIGKILL. */
  public void kill() {
    process.destroyForcibly();
  }

  /** Gently, or what it started would stay behind; and in any case. */
  @Override
  public void close() {
    process.destroy();
    process.onExit().completeOnTimeout(process, PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    process.destroyForcibly().onExit().join();
  }

  /**
   * How it ended.
   *
   * @param out what it wrote on the standard output
   * @param error what it wrote on the standard error
   */
  public record Ended(int status, String out, String error) {}
}
