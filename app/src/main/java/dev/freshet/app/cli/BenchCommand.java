package dev.freshet.app.cli;

import dev.freshet.app.bench.Bench;
import dev.freshet.app.embedded.DataDirectory;
import dev.freshet.app.embedded.EmbeddedServer;
import dev.freshet.app.embedded.ServerPlan;
import dev.freshet.catalog.database.Database;
import dev.freshet.catalog.database.DatabaseUrl;
import dev.freshet.catalog.surface.SchemaInstaller;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures, on a server of its own or on a database given. */
@Command(
    name = "bench",
    description = {
      "Measures differential against full refreshes, what capturing costs writers, and what subscribers are sent.",
      "On a PostgreSQL of its own, which is thrown away, unless --url names a database."
    },
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.class)
final class BenchCommand implements Runnable {

  private static final int FIRST_PORT = 5533;
  private static final ServerPlan PLAN =
      new ServerPlan(
          "bench",
          List.of("freshet"),
          List.of(
              // It looks at what is published through a slot.
              "CREATE ROLE freshet LOGIN REPLICATION",
              // For the CPU time of its processes; the right comes with the template.
              "GRANT pg_read_server_files TO freshet",
              "GRANT EXECUTE ON FUNCTION pg_read_file(text) TO freshet",
              "CREATE DATABASE bench OWNER freshet TEMPLATE postgres",
              // All of the data in memory, and no checkpoint in the middle of a measurement.
              "ALTER SYSTEM SET shared_buffers = '1GB'",
              "ALTER SYSTEM SET max_wal_size = '8GB'"));
  private static final String RUNNING = "SELECT freshet.service_is_running() AS running";

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec command;

  @Mixin private AddressOptions address = new AddressOptions();

  @Parameters(
      paramLabel = "SCENARIO",
      description = "Default: all but modes and tpch. There are: ${COMPLETION-CANDIDATES}.",
      completionCandidates = Scenarios.class)
  private List<String> scenarios = List.of();

  @Option(
      names = "--rows",
      paramLabel = "N",
      description = "Of the largest table; default 1000000.")
  private long rows = 1_000_000;

  @Option(names = "--json", paramLabel = "FILE", description = "Where the figures go as JSON.")
  private Optional<Path> json = Optional.empty();

  @Override
  public void run() {
    List<String> wanted = scenarios.isEmpty() ? Bench.ordinary() : scenarios;
    for (String name : wanted) {
      if (!Bench.scenarios().contains(name)) {
        throw new ParameterException(
            command.commandLine(),
            "There is no scenario %s; there are %s"
                .formatted(name, String.join(", ", Bench.scenarios())));
      }
    }
    if (address.isGiven()) {
      write(measure(address.resolve(), wanted));
    } else {
      OrderlyEnd.of(() -> {
        write(measureOnOwnServer(wanted));
        return 0;
      });
    }
  }

  private String measureOnOwnServer(List<String> wanted) {
    try (TemporaryDirectory temporary = TemporaryDirectory.create("freshet-bench");
        DataDirectory directory = DataDirectory.open(temporary.path());
        EmbeddedServer server =
            EmbeddedServer.start(directory, PLAN, EmbeddedServer.freePortFrom(FIRST_PORT))) {
      // At a signal the server goes, upon which the measuring fails, and the rest is tidied up.
      Thread stop = new Thread(server::close, "freshet-bench-stop");
      Runtime.getRuntime().addShutdownHook(stop);
      try {
        return measure(
            new DatabaseUrl(
                "postgresql://freshet@%s:%d/bench".formatted(EmbeddedServer.HOST, server.port())),
            wanted);
      } finally {
        OrderlyEnd.withdraw(stop);
      }
    }
  }

  private String measure(DatabaseUrl url, List<String> wanted) {
    new SchemaInstaller(url).install();
    PrintWriter out = command.commandLine().getOut();
    Vertx vertx = Vertx.vertx();
    try {
      Database database = new Database(vertx, url);
      requireNoService(database);
      return new Bench(database, rows, out::println).run(wanted);
    } finally {
      vertx.close();
    }
  }

  private static void requireNoService(Database database) {
    if (database.with(
        "bench", session -> session.query(RUNNING).iterator().next().getBoolean("running"))) {
      throw new CommandFailure(
          "a service is running on this database and would be measured, too; stop it first");
    }
  }

  private void write(String report) {
    json.ifPresent(file -> write(file, report));
  }

  private static void write(Path file, String report) {
    try {
      Files.writeString(file, report);
    } catch (IOException failed) {
      throw new CommandFailure("cannot write " + file + ": " + failed, failed);
    }
  }

  /** For the help. */
  static final class Scenarios implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Bench.scenarios().iterator();
    }
  }
}
