package dev.freshet.catalog.log;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.catalog.event.surface.Belonging;
import dev.freshet.catalog.event.surface.CaptureOptions;
import dev.freshet.catalog.event.surface.DefiningQuery;
import dev.freshet.catalog.event.surface.RefreshOptions;
import dev.freshet.catalog.event.surface.RefreshWanted;
import dev.freshet.catalog.event.surface.Relations;
import dev.freshet.catalog.event.surface.RepairWanted;
import dev.freshet.catalog.event.surface.SlaSet;
import dev.freshet.catalog.event.surface.SourceReleased;
import dev.freshet.catalog.event.surface.StreamTableAltered;
import dev.freshet.catalog.event.surface.StreamTableCreated;
import dev.freshet.catalog.event.surface.StreamTableDropped;
import dev.freshet.catalog.event.surface.StreamTableRedefined;
import dev.freshet.catalog.event.surface.StreamTableResumed;
import dev.freshet.catalog.event.surface.StreamTableSuspended;
import dev.freshet.catalog.event.surface.SurfaceEvent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Events of the SQL surface as JSON. */
final class SurfaceEvents {

  private SurfaceEvents() {}

  /** Version 1 of the type, if it is one of this family. */
  static Optional<SurfaceEvent> read(String type, Payload from) {
    return Optional.ofNullable(
        switch (type) {
          case "StreamTableCreated" -> created(from);
          case "StreamTableAltered" -> new StreamTableAltered(jsonOf(from.node()));
          case "StreamTableRedefined" ->
              new StreamTableRedefined(
                  from.number("relid"), from.findNumber("view_relid").orElse(0), query(from));
          case "StreamTableDropped" -> new StreamTableDropped(from.flag("noticed"));
          case "StreamTableSuspended" ->
              new StreamTableSuspended(from.findText("reason").orElse(""));
          case "StreamTableResumed" -> new StreamTableResumed();
          case "RepairWanted" -> new RepairWanted();
          case "SourceReleased" -> new SourceReleased(from.number("source_relid"));
          case "SlaSet" ->
              new SlaSet(
                  from.findNumber("freshness_deadline_ms"),
                  from.text("tier"),
                  from.flag("tier_by_hand"));
          case "RefreshWanted" -> new RefreshWanted(from.text("snapshot"));
          default -> null;
        });
  }

  static Payload write(SurfaceEvent event) {
    Payload to = Payload.empty();
    return switch (event) {
      case StreamTableCreated created -> created(to, created);
      case StreamTableAltered altered -> {
        new TreeMap<>(altered.changes())
            .forEach((key, json) -> to.put(key, Payload.parseNode(json)));
        yield to;
      }
      case StreamTableRedefined redefined ->
          query(
              relation(to.put("relid", redefined.relid()), redefined.viewRelid()),
              redefined.query());
      case StreamTableDropped dropped -> dropped.noticed() ? to.put("noticed", true) : to;
      case StreamTableSuspended suspended -> to.put("reason", suspended.reason());
      case StreamTableResumed _ -> to;
      case RepairWanted _ -> to;
      case SourceReleased released -> to.put("source_relid", released.sourceRelid());
      case RefreshWanted wanted -> to.put("snapshot", wanted.snapshot());
      case SlaSet set -> {
        set.deadlineMs().ifPresent(ms -> to.put("freshness_deadline_ms", ms));
        yield to.put("tier", set.tier()).put("tier_by_hand", set.tierByHand());
      }
    };
  }

  private static StreamTableCreated created(Payload from) {
    Relations relations =
        new Relations(
            from.number("relid"),
            from.findNumber("view_relid").orElse(0),
            from.text("pgt_schema"),
            from.text("pgt_name"));
    RefreshOptions refresh =
        new RefreshOptions(
            from.text("schedule"),
            from.text("refresh_mode"),
            from.findText("tier").orElse("hot"),
            from.findText("diamond_consistency").orElse("none"),
            from.find("initialize").map(JsonNode::asBoolean).orElse(true));
    CaptureOptions capture =
        new CaptureOptions(from.findText("cdc_mode").orElse("trigger"), from.flag("append_only"));
    return new StreamTableCreated(
        from.number("pgt_id"), relations, query(from), refresh, capture, belonging(from));
  }

  private static Payload created(Payload to, StreamTableCreated event) {
    Relations relations = event.relations();
    RefreshOptions refresh = event.refresh();
    relation(
        to.put("pgt_id", event.pgtId()).put("relid", relations.relid()), relations.viewRelid());
    query(
        to.put("pgt_schema", relations.schema()).put("pgt_name", relations.name()), event.query());
    to.put("schedule", refresh.schedule())
        .put("refresh_mode", refresh.refreshMode())
        .put("tier", refresh.tier())
        .put("cdc_mode", event.capture().cdcMode())
        .put("diamond_consistency", refresh.diamondConsistency())
        .put("append_only", event.capture().appendOnly())
        .put("initialize", refresh.initialize());
    return belonging(to, event.belonging());
  }

  private static Belonging belonging(Payload from) {
    Map<String, String> settings = new LinkedHashMap<>();
    from.find("settings")
        .ifPresent(node ->
            node.properties()
                .forEach(entry -> settings.put(entry.getKey(), entry.getValue().asText())));
    return new Belonging(from.text("owner"), settings, from.findNumber("parent_id"));
  }

  private static Payload belonging(Payload to, Belonging belonging) {
    Payload settings = Payload.empty();
    new TreeMap<>(belonging.settings()).forEach(settings::put);
    to.put("owner", belonging.owner())
        .put("settings", settings.node())
        .put("hidden", belonging.parent().isPresent());
    belonging.parent().ifPresent(parent -> to.put("parent_id", parent));
    return to;
  }

  private static DefiningQuery query(Payload from) {
    return new DefiningQuery(from.text("defining_query"), from.text("original_query"));
  }

  private static Payload query(Payload to, DefiningQuery query) {
    return to.put("defining_query", query.canonical()).put("original_query", query.original());
  }

  private static Payload relation(Payload to, long viewRelid) {
    return viewRelid == 0
        ? to.put("view_relid", to.node().nullNode())
        : to.put("view_relid", viewRelid);
  }

  private static Map<String, String> jsonOf(ObjectNode node) {
    Map<String, String> values = new LinkedHashMap<>();
    node.properties().forEach(entry -> values.put(entry.getKey(), entry.getValue().toString()));
    return values;
  }
}
