package dev.freshet.app.cli;

import dev.freshet.catalog.database.DatabaseUrl;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which database: {@code --url}, else the property {@code freshet.url}, else FRESHET_URL. */
final class AddressOptions {

  static final String PROPERTY = "freshet.url";

  @Spec(Spec.Target.MIXEE)
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec command;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = {
        "The database: postgresql://user:password@host:port/database[?sslmode=...].",
        "Default: the environment variable FRESHET_URL."
      })
  private Optional<String> url = Optional.empty();

  /** By the option, not by the environment. */
  boolean isGiven() {
    return url.isPresent();
  }

  DatabaseUrl resolve() {
    return Address.parse(
        text()
            .orElseThrow(() ->
                new ParameterException(
                    command.commandLine(),
                    "Which database? Give its address with --url or in FRESHET_URL")),
        System.getenv());
  }

  private Optional<String> text() {
    return url.or(() -> Optional.ofNullable(System.getProperty(PROPERTY)))
        .or(() -> Optional.ofNullable(System.getenv("FRESHET_URL")));
  }
}
