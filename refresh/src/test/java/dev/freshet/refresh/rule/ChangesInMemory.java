package dev.freshet.refresh.rule;

import static java.util.Objects.requireNonNull;

import dev.freshet.refresh.algebra.Column;
import dev.freshet.refresh.algebra.RelationName;
import dev.freshet.refresh.algebra.SourceTable;
import dev.freshet.refresh.algebra.Stage;
import dev.freshet.refresh.delta.Changes;
import dev.freshet.refresh.sql.Expression;
import dev.freshet.refresh.sql.Query;
import dev.freshet.refresh.sql.Select;
import dev.freshet.refresh.sql.SelectBuilder;
import dev.freshet.refresh.sql.Sql;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Changes of {@code shop.orders} are the rows of {@code changes.orders}: nothing is in the way. */
final class ChangesInMemory implements Changes {

  private static final String WEIGHT = "__weight";

  private final Map<RelationName, Known> relations = new HashMap<>();

  private record Known(List<String> all, List<String> captured, Optional<List<Column>> kept) {}

  void add(SourceTable table, List<String> captured) {
    List<String> all = table.columns().stream().map(Column::name).toList();
    relations.put(
        new RelationName(table.schema(), table.name()), new Known(all, captured, Optional.empty()));
  }

  void add(Stage stage) {
    relations.put(
        stage.table(),
        new Known(stage.columnNames(), stage.columnNames(), Optional.of(stage.columns())));
  }

  @Override
  public Expression timeThen() {
    return Sql.cast(Sql.parameter(3), "timestamptz");
  }

  @Override
  public boolean touches(RelationName relation) {
    return relations.containsKey(relation);
  }

  @Override
  public List<String> columnsOf(RelationName relation) {
    return known(relation).captured();
  }

  @Override
  public List<String> allColumnsOf(RelationName relation) {
    return known(relation).all();
  }

  @Override
  public Optional<List<Column>> keptColumnsOf(RelationName relation) {
    return known(relation).kept();
  }

  private Known known(RelationName relation) {
    return requireNonNull(relations.get(relation), () -> relation + " did not change");
  }

  @Override
  public Query deltaOf(RelationName relation) {
    RelationName changes = new RelationName("changes", relation.name());
    SelectBuilder select = Select.builder().from(changes.as("b"));
    columnsOf(relation).forEach(name -> select.target(Sql.column("b", name)));
    return select.target(Sql.column("b", WEIGHT)).build();
  }
}
