package dev.freshet.refresh.maintain;

import dev.freshet.refresh.algebra.Column;
import dev.freshet.refresh.algebra.Identity;
import dev.freshet.refresh.algebra.RelationName;
import dev.freshet.refresh.algebra.Shape;
import dev.freshet.refresh.algebra.Stage;
import dev.freshet.refresh.delta.StageIndexes;
import dev.freshet.refresh.sql.Query;
import dev.freshet.refresh.sql.Sql;
import dev.freshet.refresh.sql.SqlRenderer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The tables, keys and indexes of stages. All statements may be run again. */
final class StageStorage {

  private StageStorage() {}

  /** The relation in which an inner stage leaves its changes for the stages after it. */
  static RelationName changesOf(RelationName stage) {
    return new RelationName(stage.schema(), stage.name() + "_d");
  }

  /** Makes the empty table of an inner stage. */
  static String creation(RelationName stage, Query query) {
    return "CREATE TABLE IF NOT EXISTS %s AS %s WITH NO DATA"
        .formatted(SqlRenderer.render(stage.reference()), SqlRenderer.render(query));
  }

  /** An inner stage: its table, its key or index, and the recording of its changes. */
  static List<String> ofInner(Stage stage) {
    List<String> statements = new ArrayList<>();
    statements.add(creation(stage.table(), stage.query()));
    statements.addAll(keyAndIndexes(stage));
    statements.add(
        "SELECT freshet.set_up_stage(%s, %s)"
            .formatted(literal(stage.table()), text(changesOf(stage.table()).name())));
    return List.copyOf(statements);
  }

  /** The key that no row lacks becomes the primary key; other identities get an index on a hash. */
  static List<String> keyAndIndexes(Stage stage) {
    List<String> statements = new ArrayList<>();
    statements.add(
        "SELECT freshet.set_up_key(%s, %s)"
            .formatted(literal(stage.table()), array(primaryKey(stage))));
    if (!(stage.shape() instanceof Shape.Linear)) {
      statements.add("SELECT freshet.set_up_room(%s)".formatted(literal(stage.table())));
    }
    StageIndexes.hashOf(stage)
        .ifPresent(hash ->
            statements.add(
                "SELECT freshet.set_up_hash(%s, %s)"
                    .formatted(literal(stage.table()), text(SqlRenderer.render(hash)))));
    List<String> lookups = StageIndexes.lookups(stage);
    if (!lookups.isEmpty()) {
      statements.add(
          "SELECT freshet.set_up_lookups(%s, %s)"
              .formatted(literal(stage.table()), array(lookups)));
    }
    return List.copyOf(statements);
  }

  /**
   * Leaves one row of each key where no primary key sees to that: a table may hold rows of another
   * query, or of anybody.
   */
  static Optional<String> withoutTwins(Stage stage) {
    return stage.identity() instanceof Identity.Keyed keyed && primaryKey(stage).isEmpty()
        ? Optional.of(
            "SELECT freshet.remove_twins(%s, %s)"
                .formatted(literal(stage.table()), array(keyed.columns())))
        : Optional.empty();
  }

  private static List<String> primaryKey(Stage stage) {
    return switch (stage.identity()) {
      case Identity.Keyed keyed
          when keyed.columns().stream().map(stage::column).allMatch(Column::notNull) ->
          keyed.columns();
      case Identity.Keyed _, Identity.Bag _ -> List.of();
    };
  }

  /** The relation as a regclass constant. */
  static String literal(RelationName relation) {
    return text(SqlRenderer.render(relation.reference())) + "::regclass";
  }

  private static String text(String value) {
    return SqlRenderer.render(Sql.text(value));
  }

  private static String array(List<String> values) {
    return values.isEmpty()
        ? "'{}'::text[]"
        : "ARRAY[" + String.join(", ", values.stream().map(StageStorage::text).toList()) + "]";
  }
}
