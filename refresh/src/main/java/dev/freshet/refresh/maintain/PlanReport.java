package dev.freshet.refresh.maintain;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.refresh.algebra.Identity;
import dev.freshet.refresh.algebra.RelationName;
import dev.freshet.refresh.algebra.Shape;
import dev.freshet.refresh.algebra.SourceTable;
import dev.freshet.refresh.algebra.Stage;
import dev.freshet.refresh.sql.JoinItem;
import dev.freshet.refresh.sql.Query;
import dev.freshet.refresh.sql.SqlRenderer;
import dev.freshet.refresh.sql.Trees;
import java.util.Collection;
import java.util.List;

/**
 * A plan for people: {@code {"statements": […], "operators": [{"operator", "how", "work", "code",
 * "position"}], "lookups": [{"relid", "attnums", "what"}], "key": […]}}, the key if rows have one.
 */
final class PlanReport {

  private static final ObjectMapper JSON = new ObjectMapper();

  private PlanReport() {}

  static String of(
      List<Stage> stages,
      Collection<SourceTable> sources,
      Maintainability maintainability,
      List<String> statements) {
    ObjectNode report = JSON.createObjectNode();
    ArrayNode texts = report.putArray("statements");
    statements.forEach(texts::add);
    ArrayNode operators = report.putArray("operators");
    switch (maintainability) {
      case Maintainability.Differential _ -> {
        stages.forEach(stage -> describe(stage, operators));
        ArrayNode lookups = report.putArray("lookups");
        for (Lookups.Lookup lookup : Lookups.of(stages, sources)) {
          ObjectNode entry = lookups.addObject().put("relid", lookup.relid());
          lookup.attnums().forEach(entry.putArray("attnums")::add);
          entry.put("what", lookup.what());
        }
        if (stages.getLast().identity() instanceof Identity.Keyed(List<String> columns)
            && !columns.isEmpty()) {
          ArrayNode key = report.putArray("key");
          columns.forEach(key::add);
        }
      }
      case Maintainability.FullOnly full ->
          operators
              .addObject()
              .put("operator", "query")
              .put("how", full.sentence())
              .put("code", full.code())
              .put("position", full.position());
    }
    return report.toString();
  }

  private static void describe(Stage stage, ArrayNode operators) {
    String how =
        switch (stage.shape()) {
          case Shape.Linear _ -> "the delta of its filters, projections, joins and unions";
          case Shape.RunningGroups groups ->
              groups.pieces().stream().anyMatch(piece -> piece.isExtreme())
                  ? "running aggregates; groups that lose their least or greatest value are read again"
                  : "running aggregates";
          case Shape.RecomputedPartitions partitions ->
              partitions.keyColumns().isEmpty()
                  ? "computed anew when a source changed, and applied as the difference"
                  : "partitions of which a row changed are computed anew";
          case Shape.Recursion recursion ->
              recursion.distinct()
                  ? "what lost its ground is taken away and derived again"
                  : "the recursion from the changed rows on";
          case Shape.RecomputedGroups _ -> "groups of which a row changed are computed anew";
        };
    String identity =
        switch (stage.identity()) {
          case Identity.Keyed keyed -> "key (" + String.join(", ", keyed.columns()) + ")";
          case Identity.Bag _ -> "whole rows";
        };
    operators
        .addObject()
        .put("operator", OperatorLabel.of(stage))
        .put(
            "how",
            "%s; rows by %s, in %s"
                .formatted(how, identity, SqlRenderer.render(stage.table().reference())))
        .put("work", StageWork.of(stage))
        .put("code", "differential")
        .put("position", 0);
  }

  /** In how many places a query reads a table. */
  static long readings(Query query, SourceTable table) {
    return new RelationName(table.schema(), table.name()).placesIn(query).size();
  }

  /** Whether a query has an outer join, whose rows insertions may take away. */
  static boolean joinsOuter(Query query) {
    return Trees.fromItems(query, JoinItem.class).stream()
        .anyMatch(join -> join.kind() != JoinItem.Kind.INNER);
  }
}
