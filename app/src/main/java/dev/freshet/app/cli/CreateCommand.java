package dev.freshet.app.cli;

import dev.freshet.app.command.SqlCall;
import dev.freshet.catalog.database.Session;
import java.io.PrintWriter;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Creates a stream table. */
@Command(
    name = "create",
    description = "Creates a stream table.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.class)
final class CreateCommand extends DatabaseCommand {

  /** What to do where there is one of that name. */
  static final class WhereItExists {
    @Option(names = "--if-not-exists", description = "Leaves a stream table of that name as it is.")
    private boolean left;

    @Option(names = "--or-replace", description = "Changes a stream table of that name to this.")
    private boolean replaced;

    String function() {
      if (replaced) {
        return "create_or_replace_stream_table";
      }
      return left ? "create_stream_table_if_not_exists" : "create_stream_table";
    }
  }

  @Mixin private NameParameter name = new NameParameter();

  @Parameters(
      index = "1",
      paramLabel = "QUERY",
      description = "Any SELECT; - reads it from the standard input, file:PATH from a file.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private String query;

  @Mixin private DefinitionOptions options = new DefinitionOptions();

  @ArgGroup private WhereItExists whereItExists = new WhereItExists();

  @Option(names = "--empty", description = "Leaves it empty until a refresh is asked for.")
  private boolean empty;

  @Option(
      names = "--append-only",
      description = "Promises that rows of its sources are never changed or deleted.")
  private boolean appendOnly;

  @Option(
      names = "--owner",
      paramLabel = "ROLE",
      description = "To whom it belongs; default: who is logged in.")
  private Optional<String> owner = Optional.empty();

  @Option(names = "--wait", description = "Waits until it is filled.")
  private boolean waits;

  @Override
  void run(Session session, PrintWriter out) {
    SqlCall call =
        new SqlCall(whereItExists.function())
            .with("name", name.value())
            .with("query", QueryText.of(query));
    options
        .addedTo(call)
        .with("initialize", empty ? Boolean.FALSE : null)
        .with("append_only", appendOnly ? Boolean.TRUE : null);
    owner.ifPresent(role -> session.execute("SELECT set_config('role', $1, false)", role));
    String created =
        session
            .execute("SELECT " + call.text() + "::text", call.values().toArray())
            .iterator()
            .next()
            .getString(0);
    if (waits) {
      session.execute("CALL freshet.wait_for_stream_table($1)", created);
    }
    out.println((waits ? "Created and filled " : "Created ") + created + ".");
  }
}
