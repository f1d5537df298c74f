package dev.freshet.app.cli;

import dev.freshet.catalog.database.Session;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Tells whether a query can be maintained by differences. */
@Command(
    name = "analyze",
    description = "Tells whether a query can be maintained by differences, and how or why not.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.class)
final class AnalyzeCommand extends ShowingCommand {

  @Parameters(
      index = "0",
      paramLabel = "QUERY",
      description = "Any SELECT; - reads it from the standard input, file:PATH from a file.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private String query;

  @Override
  void run(Session session, PrintWriter out) {
    JsonObject report =
        new JsonObject(
            session
                .execute("CALL freshet.analyze_query($1)", QueryText.of(query))
                .iterator()
                .next()
                .getValue("report")
                .toString());
    if (isJson()) {
      out.println(report.encodePrettily());
      return;
    }
    out.println(report.getString("code") + ": " + report.getString("reason"));
    List<JsonObject> operators =
        report.getJsonArray("operators", new JsonArray()).stream()
            .map(JsonObject.class::cast)
            .map(AnalyzeCommand::line)
            .toList();
    show(operators, "", out);
    report
        .getJsonArray("missing_indexes", new JsonArray())
        .forEach(index -> out.println("missing index: " + index));
  }

  private static JsonObject line(JsonObject operator) {
    return new JsonObject()
        .put("operator", operator.getString("operator"))
        .put("how", operator.getString("how"));
  }
}
