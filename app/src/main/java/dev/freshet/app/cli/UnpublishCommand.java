package dev.freshet.app.cli;

import dev.freshet.catalog.database.Session;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Takes a stream table out of its publication. */
@Command(
    name = "unpublish",
    description = "Takes a stream table out of its publication.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.class)
final class UnpublishCommand extends DatabaseCommand {

  @Mixin private NameParameter name = new NameParameter();

  @Override
  void run(Session session, PrintWriter out) {
    session.execute("SELECT freshet.drop_stream_table_publication($1)", name.value());
    out.println("No longer published: " + name.value() + ".");
  }
}
