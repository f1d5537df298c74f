package dev.freshet.app.cli;

import picocli.CommandLine.Parameters;

/** Which stream table. */
final class NameParameter {

  @Parameters(
      index = "0",
      paramLabel = "NAME",
      description = "The stream table: schema.name, or a name alone if it is on the search path.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private String name;

  String value() {
    return name;
  }
}
