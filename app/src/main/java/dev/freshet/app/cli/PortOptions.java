package dev.freshet.app.cli;

import java.util.Optional;
import picocli.CommandLine.Option;

/** Where the service listens, on loopback. */
final class PortOptions {

  @Option(
      names = "--http-port",
      paramLabel = "PORT",
      description = "Of the page and GraphQL; default 8080.")
  private Optional<Integer> http = Optional.empty();

  @Option(
      names = "--management-port",
      paramLabel = "PORT",
      description = "Of health and metrics; default 9000.")
  private Optional<Integer> management = Optional.empty();

  Optional<Integer> http() {
    return http;
  }

  Optional<Integer> management() {
    return management;
  }

  void apply() {
    http.ifPresent(port -> System.setProperty("quarkus.http.port", Integer.toString(port)));
    management.ifPresent(
        port -> System.setProperty("quarkus.management.port", Integer.toString(port)));
  }
}
