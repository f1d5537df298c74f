package dev.freshet.app.cli;

import dev.freshet.catalog.database.Session;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Drops a stream table. */
@Command(
    name = "drop",
    description = "Drops a stream table.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.class)
final class DropCommand extends DatabaseCommand {

  @Mixin private NameParameter name = new NameParameter();

  @Option(names = "--cascade", description = "With the stream tables and views that read it.")
  private boolean cascade;

  @Override
  void run(Session session, PrintWriter out) {
    session.execute("SELECT freshet.drop_stream_table($1, $2)", name.value(), cascade);
    out.println("Dropped " + name.value() + ".");
  }
}
