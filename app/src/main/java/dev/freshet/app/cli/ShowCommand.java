package dev.freshet.app.cli;

import dev.freshet.catalog.database.Session;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows all that is known of a stream table. */
@Command(
    name = "show",
    description = "Shows all that is known of a stream table.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.class)
final class ShowCommand extends ShowingCommand {

  private static final String QUERY =
      "SELECT * FROM freshet.pg_stat_stream_tables WHERE pgt_id = freshet.visible_stream_table($1)";

  @Mixin private NameParameter name = new NameParameter();

  @Override
  void run(Session session, PrintWriter out) {
    for (JsonObject row : rows(session, QUERY, name.value())) {
      showOne(row, out);
    }
  }
}
