package dev.freshet.app.cli;

import dev.freshet.catalog.database.Session;
import java.io.PrintWriter;
import picocli.CommandLine.Command;

/** Lists the stream tables. */
@Command(
    name = "list",
    description = "Lists the stream tables.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.class)
final class ListCommand extends ShowingCommand {

  private static final String QUERY =
      """
      SELECT format('%I.%I', pgt_schema, pgt_name) AS stream_table, status, effective_mode AS mode, schedule, refresh_tier AS tier,
             round(extract(epoch FROM staleness)::numeric, 1) AS lag_s, avg_duration_ms::numeric(12, 1) AS average_ms, total_refreshes AS refreshes
        FROM freshet.pg_stat_stream_tables ORDER BY 1\
      """;

  @Override
  void run(Session session, PrintWriter out) {
    show(rows(session, QUERY), "There is no stream table yet: freshet create --help", out);
  }
}
