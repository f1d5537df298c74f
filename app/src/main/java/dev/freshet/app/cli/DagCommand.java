package dev.freshet.app.cli;

import dev.freshet.catalog.database.Session;
import java.io.PrintWriter;
import picocli.CommandLine.Command;

/** Shows what each stream table reads, as a tree. */
@Command(
    name = "dag",
    description = "Shows what each stream table reads, as a tree.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.class)
final class DagCommand extends ShowingCommand {

  private static final String QUERY =
      """
      SELECT * FROM freshet.dependency_tree()\
      """;

  @Override
  void run(Session session, PrintWriter out) {
    show(rows(session, QUERY), "There is no stream table yet: freshet create --help", out);
  }
}
