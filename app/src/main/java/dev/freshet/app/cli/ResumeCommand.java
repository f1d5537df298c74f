package dev.freshet.app.cli;

import dev.freshet.catalog.database.Session;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Goes on refreshing a stream table. */
@Command(
    name = "resume",
    description = "Goes on refreshing a stream table.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.class)
final class ResumeCommand extends DatabaseCommand {

  @Mixin private NameParameter name = new NameParameter();

  @Override
  void run(Session session, PrintWriter out) {
    session.execute("SELECT freshet.resume_stream_table($1)", name.value());
    out.println("Resumed " + name.value() + ".");
  }
}
