package dev.freshet.app.kafka;

import dev.freshet.app.docs.Page;
import dev.freshet.catalog.testing.InstalledDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Types the tutorial along, in a directory of its own. Of what the page says, ports alone are
 * replaced, by ones that are free.
 */
final class Tutorial implements AutoCloseable {

  private static final String PAGE = "docs/tutorials/kafka-connect.md";
  private static final String END = "## The end";
  private static final long PATIENCE_SECONDS = 300;
  private static final List<String> PORTS = List.of("9092", "9093", "8083");

  private final Page page;
  private final Path directory;
  private final InstalledDatabase database;
  private final Path programs;
  private final List<String> ports = new ArrayList<>();

  Tutorial(InstalledDatabase database, Path directory) throws IOException {
    this.page = Page.read(PAGE);
    this.directory = directory;
    this.database = database;
    this.programs = Path.of("target", "kafka-programs").toAbsolutePath().normalize();
    if (!Files.isDirectory(programs.resolve("libs"))) {
      throw new IllegalStateException(
          "Kafka is not there; run ./mvnw -B -Pe2e-kafka verify -pl app -am");
    }
    List<ServerSocket> held = new ArrayList<>();
    for (int i = 0; i < PORTS.size(); i++) {
      ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
      held.add(socket);
      ports.add(Integer.toString(socket.getLocalPort()));
    }
    for (ServerSocket socket : held) {
      socket.close();
    }
  }

  Path directory() {
    return directory;
  }

  String broker() {
    return "127.0.0.1:" + ports.getFirst();
  }

  /** What is before the end of the page. */
  void begin() throws IOException, InterruptedException {
    int end = page.lines().indexOf(END);
    for (Page.Block block : page.blocks()) {
      if (block.line() <= end) {
        follow(block);
      }
    }
  }

  /** What is at the end of the page. */
  void end() throws IOException, InterruptedException {
    int end = page.lines().indexOf(END);
    for (Page.Block block : page.blocks()) {
      if (block.line() > end) {
        follow(block);
      }
    }
  }

  private void follow(Page.Block block) throws IOException, InterruptedException {
    String text = withFreePorts(block.text());
    List<String> words = List.of(block.language().split(" "));
    switch (words.getFirst()) {
      case "sql" -> {
        Path file = directory.resolve("block.sql");
        Files.writeString(file, text);
        bash(
            "psql -X -q -v ON_ERROR_STOP=1 \"$%s\" -f block.sql"
                .formatted(words.contains("admin") ? "ADMIN" : "DATABASE"));
      }
      case "properties" -> Files.writeString(directory.resolve(words.getLast()), text);
      case "bash" -> bash(text);
      case "text" -> {
        // Shown, not typed.
      }
      default ->
          throw new IllegalStateException(
              "%s, line %d: a block of %s".formatted(PAGE, block.line(), block.language()));
    }
  }

  private String withFreePorts(String text) {
    String replaced = text;
    for (int i = 0; i < PORTS.size(); i++) {
      replaced = replaced.replace(":" + PORTS.get(i), ":" + ports.get(i));
    }
    return replaced;
  }

  /** Kills Kafka Connect, as nobody should. */
  void killConnect() throws IOException {
    kill("connect.pid");
  }

  /** Starts it again, by the page's own commands. */
  void restartConnect() throws IOException, InterruptedException {
    Page.Block block =
        page.blocks().stream()
            .filter(found -> found.text().contains("ConnectDistributed"))
            .findFirst()
            .orElseThrow();
    bash(withFreePorts(block.text()).replace("ln -s \"$PLUGINS\" plugins\n", ""));
  }

  /**
   * Gives the page's connector configuration, for another publication, to Connect, and waits until
   * its slot is read.
   */
  void connect(String streamTable, String connector, String slot)
      throws IOException, InterruptedException {
    bash(
        block("connector.json\ncurl")
            .replace("shop.by_region", streamTable)
            .replace("by_region", connector)
            .replaceAll(
                "freshet.pgt_subscribers",
                "pg_replication_slots WHERE slot_name = '" + slot + "'"));
  }

  private String block(String part) {
    return withFreePorts(
        page.blocks().stream()
            .filter(found -> found.text().contains(part))
            .findFirst()
            .orElseThrow()
            .text());
  }

  /** Runs a script in the page's directory; what it wrote. */
  String bash(String script) throws IOException, InterruptedException {
    Path output = directory.resolve("output.txt");
    ProcessBuilder builder =
        new ProcessBuilder("bash", "-eo", "pipefail", "-c", script)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    Map<String, String> environment = builder.environment();
    environment.put("PATH", java() + ":" + environment.get("PATH"));
    environment.put("KAFKA_HOME", programs.toString());
    environment.put("PLUGINS", programs.resolve("plugins").toString());
    environment.put("DATABASE", database.user().url());
    environment.put("ADMIN", database.admin().url());
    Process process = builder.start();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("does not end: " + script + "\n" + told(output));
    }
    if (process.exitValue() != 0) {
      throw new AssertionError(
          "status %d of: %s%n%s".formatted(process.exitValue(), script, told(output)));
    }
    return Files.readString(output);
  }

  private String told(Path output) throws IOException {
    StringBuilder told = new StringBuilder(Files.readString(output));
    for (String log : List.of("broker.log", "connect.log")) {
      Path file = directory.resolve(log);
      if (Files.exists(file)) {
        List<String> lines = Files.readAllLines(file);
        told.append("\n").append(log).append(":\n");
        told.append(String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size())));
      }
    }
    return told.toString();
  }

  /** The console consumer of the page on a topic, from its beginning. */
  List<String> consumer(String topic) {
    return List.of(
        Path.of(java(), "java").toString(),
        "-Xmx256m",
        "-cp",
        programs.resolve("libs") + "/*",
        "org.apache.kafka.tools.consumer.ConsoleConsumer",
        "--bootstrap-server",
        broker(),
        "--topic",
        topic,
        "--from-beginning",
        "--formatter-property",
        "print.key=true",
        "--formatter-property",
        "print.timestamp=true");
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin").toString();
  }

  private void kill(String pidFile) throws IOException {
    Path file = directory.resolve(pidFile);
    if (Files.exists(file)) {
      ProcessHandle.of(Long.parseLong(Files.readString(file).strip()))
          .ifPresent(process -> {
            process.destroyForcibly();
            process.onExit().join();
          });
    }
  }

  @Override
  public void close() throws IOException {
    kill("connect.pid");
    kill("broker.pid");
  }
}
