package dev.freshet.app.cli;

import dev.freshet.catalog.database.Session;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Refreshes a stream table, what it reads first, and waits for it. */
@Command(
    name = "refresh",
    description = "Refreshes a stream table, what it reads first, and waits for it.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.class)
final class RefreshCommand extends DatabaseCommand {

  @Mixin private NameParameter name = new NameParameter();

  @Option(
      names = "--timeout",
      paramLabel = "INTERVAL",
      description = "How long to wait; default ${DEFAULT-VALUE}.",
      defaultValue = "10min")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private String timeout;

  @Override
  void run(Session session, PrintWriter out) {
    session.execute(
        "CALL freshet.refresh_stream_table($1, $2::text::interval)", name.value(), timeout);
    out.println("Refreshed " + name.value() + ".");
  }
}
