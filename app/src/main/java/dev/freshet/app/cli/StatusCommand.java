package dev.freshet.app.cli;

import dev.freshet.catalog.database.Session;
import io.vertx.sqlclient.Row;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;

/** Shows what is installed, whether a service is at work, and how the stream tables are. */
@Command(
    name = "status",
    description = "Shows the version installed in a database, and its stream tables.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.class)
final class StatusCommand extends DatabaseCommand {

  private static final String STREAM_TABLES =
      """
      SELECT format('%I.%I', pgt_schema, pgt_name) AS name, status, coalesce(effective_mode, '') AS mode,
             coalesce(round(extract(epoch FROM staleness)::numeric, 1)::text || ' s', '') AS lag,
             coalesce(downstream_publication, '') AS publication, coalesce(last_error, '') AS error
        FROM freshet.pg_stat_stream_tables ORDER BY 1
      """;
  private static final List<String> HEADINGS =
      List.of("STREAM TABLE", "STATUS", "MODE", "LAG", "PUBLICATION", "LAST ERROR");
  private static final String VERSION = "SELECT freshet.version() AS version";
  private static final String RUNNING = "SELECT freshet.service_is_running() AS running";

  @Override
  void run(Session session, PrintWriter out) {
    String version = session.query(VERSION).iterator().next().getString("version");
    boolean running = session.query(RUNNING).iterator().next().getBoolean("running");
    out.println(
        "Freshet %s, %s.".formatted(version, running ? "a service is at work" : "no service runs"));
    List<List<String>> rows = new ArrayList<>();
    for (Row row : session.query(STREAM_TABLES)) {
      rows.add(
          List.of(
              row.getString("name"),
              row.getString("status"),
              row.getString("mode"),
              row.getString("lag"),
              row.getString("publication"),
              Complaint.oneLine(row.getString("error"))));
    }
    if (rows.isEmpty()) {
      out.println("There is no stream table yet.");
    } else {
      rows.addFirst(HEADINGS);
      TextTable.lines(rows).forEach(out::println);
    }
  }
}
