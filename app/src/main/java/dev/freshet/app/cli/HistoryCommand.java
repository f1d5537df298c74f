package dev.freshet.app.cli;

import dev.freshet.catalog.database.Session;
import java.io.PrintWriter;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows the last refreshes, the newest first. */
@Command(
    name = "history",
    description = "Shows the last refreshes, the newest first.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.class)
final class HistoryCommand extends ShowingCommand {

  private static final String QUERY =
      """
      SELECT h.refresh_id, format('%I.%I', t.pgt_schema, t.pgt_name) AS stream_table, h.start_time, h.duration_ms::numeric(12, 1) AS duration_ms,
             h.action, h.refresh_reason AS reason, h.delta_row_count AS changes, h.rows_inserted AS inserted, h.rows_updated AS updated,
             h.rows_deleted AS deleted, h.status, h.error_message AS error
        FROM freshet.pgt_refresh_history AS h JOIN freshet.pgt_stream_tables AS t USING (pgt_id)
       WHERE CASE WHEN $1 = '' THEN true ELSE t.pgt_id = freshet.visible_stream_table($1) END
       ORDER BY h.refresh_id DESC LIMIT $2::bigint\
      """;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "NAME",
      description = "Of this stream table alone.")
  private Optional<String> name = Optional.empty();

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "How many; default ${DEFAULT-VALUE}.",
      defaultValue = "20")
  private long limit;

  @Override
  void run(Session session, PrintWriter out) {
    show(rows(session, QUERY, name.orElse(""), limit), "Nothing was refreshed yet.", out);
  }
}
