package dev.freshet.app.cli;

import dev.freshet.catalog.database.Session;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Explains how a stream table will be refreshed next. */
@Command(
    name = "explain",
    description = "Explains how a stream table will be refreshed next, and why so.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.class)
final class ExplainCommand extends ShowingCommand {

  private static final String MODE = "SELECT * FROM freshet.explain_refresh_mode($1)";
  private static final String DELTA = "SELECT delta FROM freshet.explain_delta($1)";

  @Mixin private NameParameter name = new NameParameter();

  @Option(names = "--delta", description = "Shows the SQL of its differential refresh, too.")
  private boolean delta;

  @Override
  void run(Session session, PrintWriter out) {
    StringBuilder sql = new StringBuilder();
    if (delta) {
      for (Row line : session.execute(DELTA, name.value())) {
        sql.append(line.getString("delta")).append('\n');
      }
    }
    for (JsonObject row : rows(session, MODE, name.value())) {
      if (isJson() && delta) {
        row.put("delta", sql.toString());
      }
      showOne(row, out);
    }
    if (!isJson()) {
      out.print(sql);
    }
  }
}
