package dev.freshet.app.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Refreshes a stream table, what it reads first, and waits for it. */
@Command(
    name = "refresh",
    description = "Refreshes a stream table, what it reads first, and waits for it.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.class)
final class RefreshCommand extends NamedCommand {

  @Option(
      names = "--timeout",
      paramLabel = "INTERVAL",
      description = "How long to wait; default ${DEFAULT-VALUE}.",
      defaultValue = "10min")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private String timeout;

  RefreshCommand() {
    super("CALL freshet.refresh_stream_table($1, $2::text::interval)", "Refreshed");
  }

  @Override
  Object[] options() {
    return new Object[] {timeout};
  }
}
