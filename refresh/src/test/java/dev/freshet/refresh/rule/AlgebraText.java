package dev.freshet.refresh.rule;

import dev.freshet.refresh.algebra.Column;
import dev.freshet.refresh.algebra.ColumnType;
import dev.freshet.refresh.algebra.Identity;
import dev.freshet.refresh.algebra.Piece;
import dev.freshet.refresh.algebra.RelationName;
import dev.freshet.refresh.algebra.Shape;
import dev.freshet.refresh.algebra.SourceTable;
import dev.freshet.refresh.algebra.Stage;
import dev.freshet.refresh.delta.StageIndexes;
import dev.freshet.refresh.sql.Query;
import dev.freshet.refresh.sql.SqlRenderer;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Stages and source tables as text for people. */
final class AlgebraText {

  private static final int HEADER = 4;

  private AlgebraText() {}

  static String of(SourceTable table) {
    String keys =
        table.keys().stream()
            .map(key -> "; key (" + key.stream().sorted().collect(Collectors.joining(", ")) + ")")
            .collect(Collectors.joining());
    String kind =
        switch (table.type()) {
          case TABLE -> table.hasChildren() ? " (a table with children)" : "";
          case PARTITIONED_TABLE, STREAM_TABLE, MATVIEW, FOREIGN_TABLE ->
              " (a " + table.type().toString().toLowerCase(Locale.ROOT).replace('_', ' ') + ")";
        };
    return "--   %s.%s%s: %s%s\n"
        .formatted(table.schema(), table.name(), kind, of(table.columns()), keys);
  }

  /** The facts of a stage, then the queries of its shape. */
  static String of(Stage stage) {
    StringBuilder text = new StringBuilder();
    line(text, "shape", shape(stage.shape()));
    line(text, "columns", of(stage.columns()));
    line(text, "identity", identity(stage.identity()));
    line(text, "reads", reads(stage));
    StageIndexes.lookups(stage).forEach(column -> line(text, "lookup", column));
    StageIndexes.hashOf(stage).ifPresent(hash -> line(text, "index", SqlRenderer.render(hash)));
    switch (stage.shape()) {
      case Shape.Linear linear -> query(text, "query", linear.query());
      case Shape.RunningGroups groups -> {
        query(text, "query", stage.query());
        query(text, "input", groups.input());
      }
      case Shape.RecomputedGroups groups -> query(text, "query", groups.query());
      case Shape.Recursion recursion -> {
        query(text, "base", recursion.base());
        query(text, "step", recursion.step());
      }
      case Shape.RecomputedPartitions partitions -> {
        query(text, "query", stage.query());
        query(text, "touching", partitions.touching());
        query(text, "restricted", partitions.restricted());
      }
    }
    return text.toString();
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append("--   %-8s  %s\n".formatted(name, value));
  }

  private static void query(StringBuilder text, String name, Query query) {
    text.append("-- ").append(name).append('\n').append(SqlRenderer.render(query)).append(";\n");
  }

  private static String shape(Shape shape) {
    return switch (shape) {
      case Shape.Linear _ -> "linear";
      case Shape.RunningGroups groups ->
          "running groups %s: %s"
              .formatted(
                  groups.global() ? "(one, always there)" : "by " + of(groups.keys()),
                  groups.pieces().stream()
                      .map(AlgebraText::piece)
                      .collect(Collectors.joining(", ")));
      case Shape.Recursion recursion ->
          recursion.distinct() ? "recursion of distinct rows" : "recursion";
      case Shape.RecomputedGroups groups -> "recomputed groups by " + of(groups.keyColumns());
      case Shape.RecomputedPartitions partitions ->
          partitions.keyColumns().isEmpty()
              ? "one recomputed partition"
              : "recomputed partitions by " + of(partitions.keyColumns());
    };
  }

  private static String piece(Piece piece) {
    String argument =
        piece.argument().isEmpty()
            ? ""
            : " of %s %s".formatted(piece.argument(), type(piece.argumentType()));
    String counted = piece.countedBy().map(column -> " counted by " + column).orElse("");
    return piece.column()
        + " = "
        + piece.kind().toString().toLowerCase(Locale.ROOT)
        + argument
        + counted;
  }

  private static String identity(Identity identity) {
    return switch (identity) {
      case Identity.Keyed keyed -> "key (" + String.join(", ", keyed.columns()) + ")";
      case Identity.Bag _ -> "bag";
    };
  }

  private static String reads(Stage stage) {
    return stage.reads().stream().map(AlgebraText::name).sorted().collect(Collectors.joining(", "));
  }

  static String name(RelationName relation) {
    return relation.schema() + "." + relation.name();
  }

  private static String of(List<Column> columns) {
    return columns.stream()
        .map(column ->
            column.name() + " " + type(column.type()) + (column.notNull() ? " not null" : ""))
        .collect(Collectors.joining(", "));
  }

  private static String type(ColumnType type) {
    String schema = type.schema().equals("pg_catalog") ? "" : type.schema() + ".";
    String name = type.element().isEmpty() ? schema + type.name() : type.element() + "[]";
    int typmod = type.modifier() - HEADER;
    String scale =
        type.hasScale() ? "(%d,%d)".formatted(typmod >> 16, (typmod & 0x7ff) << 21 >> 21) : "";
    return name + scale + (type.deterministic() ? "" : " ci");
  }
}
