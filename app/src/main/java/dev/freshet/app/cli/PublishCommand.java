package dev.freshet.app.cli;

import dev.freshet.app.command.SqlCall;
import dev.freshet.catalog.database.Session;
import java.io.PrintWriter;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Publishes the changes of a stream table. */
@Command(
    name = "publish",
    description = "Publishes the changes of a stream table to subscribers and connectors.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.class)
final class PublishCommand extends DatabaseCommand {

  @Mixin private NameParameter name = new NameParameter();

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "PUBLICATION",
      description = "A publication of Freshet's to add it to; default: one of its own.")
  private Optional<String> publication = Optional.empty();

  @Override
  void run(Session session, PrintWriter out) {
    SqlCall call =
        new SqlCall("stream_table_to_publication")
            .with("name", name.value())
            .with("publication", publication.orElse(null));
    String made =
        session
            .execute("SELECT " + call.text(), call.values().toArray())
            .iterator()
            .next()
            .getString(0);
    out.println("Publication %s carries %s.".formatted(made, name.value()));
  }
}
