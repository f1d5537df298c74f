package dev.freshet.app.cli;

import dev.freshet.app.demo.DemoApplication;
import dev.freshet.app.demo.DemoDatabase;
import dev.freshet.app.embedded.DataDirectory;
import dev.freshet.app.embedded.EmbeddedServer;
import dev.freshet.app.wiring.Service;
import dev.freshet.catalog.database.DatabaseUrl;
import dev.freshet.catalog.surface.SchemaInstaller;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The service on a database of its own, with something going on in it. */
@Command(
    name = "demo",
    description = {
      "Starts a PostgreSQL of its own, a shop at work in it, and the service.",
      "Ends at Ctrl-C; started again, it goes on with the same data."
    },
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.class)
final class DemoCommand implements Callable<Integer> {

  private static final int FIRST_PORT = 5433;
  private static final int FIRST_HTTP_PORT = 8080;
  private static final int FIRST_MANAGEMENT_PORT = 9000;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec command;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Of PostgreSQL; default 5433, or the next that is free.")
  private Optional<Integer> port = Optional.empty();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Where the data lives; default ~/.local/share/freshet/demo.")
  private Optional<Path> data = Optional.empty();

  @Mixin private PortOptions ports = new PortOptions();
  @Mixin private SettingOptions settings = new SettingOptions();

  @Override
  public Integer call() {
    settings.apply();
    int serverPort = choose(port, FIRST_PORT, "--port");
    int httpPort = choose(ports.http(), FIRST_HTTP_PORT, "--http-port");
    int managementPort = choose(ports.management(), FIRST_MANAGEMENT_PORT, "--management-port");
    System.setProperty("quarkus.http.port", Integer.toString(httpPort));
    System.setProperty("quarkus.management.port", Integer.toString(managementPort));
    Path path = data.orElseGet(() -> DataDirectory.ofDemo(System.getenv()));
    return OrderlyEnd.of(() -> run(path, serverPort));
  }

  private int run(Path path, int serverPort) {
    try (DataDirectory directory = DataDirectory.open(path)) {
      if (!Files.exists(directory.path().resolve("cluster"))) {
        command
            .commandLine()
            .getErr()
            .printf("Creating a PostgreSQL in %s, once ...%n", directory.path());
      }
      try (EmbeddedServer server = EmbeddedServer.start(directory, DemoDatabase.PLAN, serverPort)) {
        DatabaseUrl url = DemoDatabase.ofService(server.port());
        System.setProperty(AddressOptions.PROPERTY, url.uri());
        new SchemaInstaller(url).install();
        return Service.run(DemoApplication.class);
      }
    }
  }

  private static int choose(Optional<Integer> wanted, int first, String option) {
    if (wanted.isEmpty()) {
      return EmbeddedServer.freePortFrom(first);
    }
    if (!EmbeddedServer.isFree(wanted.get())) {
      throw new CommandFailure(
          "port %d is in use; give another one with %s".formatted(wanted.get(), option));
    }
    return wanted.get();
  }
}
