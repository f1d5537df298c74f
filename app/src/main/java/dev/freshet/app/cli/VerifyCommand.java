package dev.freshet.app.cli;

import dev.freshet.catalog.database.Session;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Compares stream tables with their queries. */
@Command(
    name = "verify",
    description =
        "Refreshes stream tables and compares each with its query in one snapshot; fails if one differs.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.class)
final class VerifyCommand extends ShowingCommand {

  private static final String ALL =
      """
      SELECT format('%I.%I', pgt_schema, pgt_name) AS name FROM freshet.pgt_stream_tables
       WHERE status IN ('ACTIVE', 'INITIALIZING') ORDER BY 1\
      """;

  @Parameters(
      arity = "0..*",
      paramLabel = "NAME",
      description = "Which; default: all that are not suspended and have not failed.")
  private List<String> names = List.of();

  @Override
  void run(Session session, PrintWriter out) {
    List<String> wanted = new ArrayList<>(names);
    if (wanted.isEmpty()) {
      session.query(ALL).forEach(row -> wanted.add(row.getString("name")));
    }
    List<JsonObject> verdicts = new ArrayList<>();
    int wrong = 0;
    for (String name : wanted) {
      Row counts = session.execute("CALL freshet.verify_stream_table($1)", name).iterator().next();
      long missing = counts.getLong("missing");
      long unexpected = counts.getLong("unexpected");
      wrong += missing + unexpected > 0 ? 1 : 0;
      verdicts.add(
          new JsonObject()
              .put("stream_table", name)
              .put("missing", missing)
              .put("unexpected", unexpected));
    }
    show(verdicts, "There is no stream table to verify.", out);
    if (wrong > 0) {
      throw new CommandFailure(
          "%d of %d differ from their queries".formatted(wrong, wanted.size()));
    }
  }
}
