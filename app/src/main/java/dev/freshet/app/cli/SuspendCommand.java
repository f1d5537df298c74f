package dev.freshet.app.cli;

import dev.freshet.catalog.database.Session;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Stops the refreshes of a stream table; its changes are still captured. */
@Command(
    name = "suspend",
    description = "Stops the refreshes of a stream table; its changes are still captured.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.class)
final class SuspendCommand extends DatabaseCommand {

  @Mixin private NameParameter name = new NameParameter();

  @Override
  void run(Session session, PrintWriter out) {
    session.execute("SELECT freshet.suspend_stream_table($1)", name.value());
    out.println("Suspended " + name.value() + ".");
  }
}
