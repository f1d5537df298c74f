package dev.freshet.app.cli;

import dev.freshet.catalog.database.Session;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Makes the capture and the content of a stream table whole again. */
@Command(
    name = "repair",
    description = "Makes the capture and the content of a stream table whole again.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.class)
final class RepairCommand extends DatabaseCommand {

  @Mixin private NameParameter name = new NameParameter();

  @Override
  void run(Session session, PrintWriter out) {
    session.execute("SELECT freshet.repair_stream_table($1)", name.value());
    out.println("Will repair " + name.value() + ".");
  }
}
