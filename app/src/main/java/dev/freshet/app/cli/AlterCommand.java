package dev.freshet.app.cli;

import dev.freshet.app.command.SqlCall;
import dev.freshet.catalog.database.Session;
import java.io.PrintWriter;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Changes a stream table. */
@Command(
    name = "alter",
    description = "Changes a stream table; what is not given stays as it is.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.class)
final class AlterCommand extends DatabaseCommand {

  @Mixin private NameParameter name = new NameParameter();

  @Option(
      names = "--query",
      paramLabel = "QUERY",
      description = "Another SELECT; - reads it from the standard input, file:PATH from a file.")
  private Optional<String> query = Optional.empty();

  @Mixin private DefinitionOptions options = new DefinitionOptions();

  @Option(names = "--no-sla", description = "Takes the objective away.")
  private boolean noSla;

  @Override
  void run(Session session, PrintWriter out) {
    SqlCall call =
        new SqlCall("alter_stream_table")
            .with("name", name.value())
            .with("query", query.map(QueryText::of).orElse(null));
    options.addedTo(call);
    session.execute("SELECT " + call.text(), call.values().toArray());
    if (noSla) {
      session.execute("SELECT freshet.set_stream_table_sla($1, NULL)", name.value());
    }
    out.println("Changed " + name.value() + ".");
  }
}
