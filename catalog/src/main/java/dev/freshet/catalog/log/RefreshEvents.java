package dev.freshet.catalog.log;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.freshet.catalog.event.refresh.AppendOnlyEnded;
import dev.freshet.catalog.event.refresh.ChosenMode;
import dev.freshet.catalog.event.refresh.DefinitionCompiled;
import dev.freshet.catalog.event.refresh.Dependency;
import dev.freshet.catalog.event.refresh.Dispatch;
import dev.freshet.catalog.event.refresh.Failure;
import dev.freshet.catalog.event.refresh.FullRequired;
import dev.freshet.catalog.event.refresh.HistoryFolded;
import dev.freshet.catalog.event.refresh.PopulationStarted;
import dev.freshet.catalog.event.refresh.Prediction;
import dev.freshet.catalog.event.refresh.RefreshCompleted;
import dev.freshet.catalog.event.refresh.RefreshCounts;
import dev.freshet.catalog.event.refresh.RefreshEvent;
import dev.freshet.catalog.event.refresh.RefreshFailed;
import dev.freshet.catalog.event.refresh.RefreshRun;
import dev.freshet.catalog.event.refresh.RefreshSkipped;
import dev.freshet.catalog.event.refresh.RowCounts;
import dev.freshet.catalog.event.refresh.SuspendedAfterErrors;
import dev.freshet.catalog.event.refresh.TableRenamed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Events of the refresh as JSON. The keys are those that {@code freshet.project} reads. */
final class RefreshEvents {

  private RefreshEvents() {}

  /** Version 1 of the type, if it is one of this family. */
  static Optional<RefreshEvent> read(String type, Payload from) {
    return Optional.ofNullable(
        switch (type) {
          case "DefinitionCompiled" -> compiled(from);
          case "PopulationStarted" ->
              new PopulationStarted(from.number("estimated_rows"), from.number("estimated_bytes"));
          case "RefreshCompleted" -> completed(from);
          case "RefreshFailed" -> failed(from);
          case "RefreshSkipped" -> new RefreshSkipped(run(from));
          case "FullRequired" -> new FullRequired(from.text("full_reason"));
          case "SuspendedAfterErrors" ->
              new SuspendedAfterErrors((int) from.number("errors"), failure(from));
          case "AppendOnlyEnded" -> new AppendOnlyEnded();
          case "TableRenamed" -> new TableRenamed(from.text("pgt_schema"), from.text("pgt_name"));
          case "HistoryFolded" -> folded(from);
          default -> null;
        });
  }

  static Payload write(RefreshEvent event) {
    Payload to = Payload.empty();
    return switch (event) {
      case DefinitionCompiled compiled -> compiled(to, compiled);
      case PopulationStarted started ->
          to.put("estimated_rows", started.estimatedRows())
              .put("estimated_bytes", started.estimatedBytes());
      case RefreshCompleted completed -> completed(to, completed);
      case RefreshFailed failed -> failed(to, failed);
      case RefreshSkipped skipped -> run(to, skipped.run());
      case FullRequired required -> to.put("full_reason", required.reason());
      case SuspendedAfterErrors suspended ->
          failure(to.put("errors", suspended.errors()), suspended.failure());
      case AppendOnlyEnded _ -> to;
      case TableRenamed renamed ->
          to.put("pgt_schema", renamed.schema()).put("pgt_name", renamed.name());
      case HistoryFolded folded -> folded(to, folded);
    };
  }

  private static DefinitionCompiled compiled(Payload from) {
    List<Dependency> dependencies = new ArrayList<>();
    for (JsonNode edge : from.get("dependencies")) {
      Payload dependency = Payload.of(edge);
      List<Integer> columns = new ArrayList<>();
      dependency.get("columns_used").forEach(column -> columns.add(column.intValue()));
      dependencies.add(
          new Dependency(
              dependency.number("source_relid"),
              dependency.text("source_type"),
              columns,
              dependency.text("cdc_mode")));
    }
    ChosenMode mode =
        new ChosenMode(
            from.text("effective_mode"), from.text("mode_code"), from.text("mode_reason"));
    return new DefinitionCompiled(
        mode,
        from.find("plan").map(JsonNode::toString).orElse("{}"),
        from.find("changes_by_itself").map(JsonNode::booleanValue).orElse(false),
        dependencies);
  }

  private static Payload compiled(Payload to, DefinitionCompiled event) {
    ArrayNode edges = to.node().arrayNode();
    for (Dependency dependency : event.dependencies()) {
      ArrayNode columns = to.node().arrayNode();
      dependency.columnsUsed().forEach(columns::add);
      edges.add(
          Payload.empty()
              .put("source_relid", dependency.sourceRelid())
              .put("source_type", dependency.sourceType())
              .put("columns_used", columns)
              .put("cdc_mode", dependency.cdcMode())
              .node());
    }
    return to.put("effective_mode", event.mode().effectiveMode())
        .put("mode_code", event.mode().code())
        .put("mode_reason", event.mode().reason())
        .put("plan", Payload.parseNode(event.plan()))
        .put("changes_by_itself", event.changesByItself())
        .put("dependencies", edges);
  }

  private static RefreshCompleted completed(Payload from) {
    return new RefreshCompleted(
        run(from),
        from.text("action"),
        rows(from),
        from.findNumber("delta_row_count"),
        new Prediction(from.findDouble("predicted_diff_ms"), from.findDouble("predicted_full_ms")),
        from.findDouble("abandoned_ms"),
        from.instant("data_timestamp"));
  }

  private static Payload completed(Payload to, RefreshCompleted event) {
    run(to, event.run()).put("action", event.action());
    rows(to, event.rows());
    event.deltaRows().ifPresent(rows -> to.put("delta_row_count", rows));
    event.prediction().differentialMs().ifPresent(ms -> to.put("predicted_diff_ms", ms));
    event.prediction().fullMs().ifPresent(ms -> to.put("predicted_full_ms", ms));
    event.abandonedMs().ifPresent(ms -> to.put("abandoned_ms", ms));
    return to.put("data_timestamp", event.dataTimestamp());
  }

  private static RefreshFailed failed(Payload from) {
    return new RefreshFailed(
        run(from), from.findText("action"), failure(from), from.findInstant("retry_at"));
  }

  private static Payload failed(Payload to, RefreshFailed event) {
    failure(run(to, event.run()), event.failure());
    event.action().ifPresent(action -> to.put("action", action));
    event.retryAt().ifPresent(at -> to.put("retry_at", at));
    return to;
  }

  private static Failure failure(Payload from) {
    return new Failure(from.text("error_code"), from.text("error_message"));
  }

  private static Payload failure(Payload to, Failure failure) {
    return to.put("error_code", failure.code()).put("error_message", failure.message());
  }

  private static RefreshRun run(Payload from) {
    Dispatch dispatch =
        new Dispatch(
            from.findText("worker").orElse(""),
            from.findNumber("tick_id").orElse(0),
            from.findText("initiated_by").orElse("SCHEDULER"));
    return new RefreshRun(
        from.text("refresh_reason"),
        from.instant("start_time"),
        from.milliseconds("duration_ms"),
        dispatch);
  }

  private static Payload run(Payload to, RefreshRun run) {
    return to.put("refresh_reason", run.reason())
        .put("start_time", run.startTime())
        .put("end_time", run.endTime())
        .put("duration_ms", run.duration())
        .put("worker", run.dispatch().worker())
        .put("tick_id", run.dispatch().tickId())
        .put("initiated_by", run.dispatch().initiatedBy());
  }

  private static RowCounts rows(Payload from) {
    return new RowCounts(
        from.number("rows_inserted"), from.number("rows_updated"), from.number("rows_deleted"));
  }

  private static Payload rows(Payload to, RowCounts rows) {
    return to.put("rows_inserted", rows.inserted())
        .put("rows_updated", rows.updated())
        .put("rows_deleted", rows.deleted());
  }

  private static HistoryFolded folded(Payload from) {
    return new HistoryFolded(
        new RefreshCounts(
            from.number("total_refreshes"),
            from.number("successful_refreshes"),
            from.number("failed_refreshes")),
        rows(from),
        from.get("total_duration_ms").doubleValue(),
        from.findInstant("data_timestamp"),
        from.instant("last_refresh_at"),
        from.findDouble("last_full_ms"));
  }

  private static Payload folded(Payload to, HistoryFolded event) {
    to.put("total_refreshes", event.refreshes().total())
        .put("successful_refreshes", event.refreshes().successful())
        .put("failed_refreshes", event.refreshes().failed());
    rows(to, event.rows()).put("total_duration_ms", event.totalDurationMs());
    event.dataTimestamp().ifPresent(at -> to.put("data_timestamp", at));
    to.put("last_refresh_at", event.lastRefreshAt());
    event.lastFullMs().ifPresent(ms -> to.put("last_full_ms", ms));
    return to;
  }
}
