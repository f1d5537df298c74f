package dev.freshet.refresh.maintain;

import dev.freshet.refresh.algebra.Column;
import dev.freshet.refresh.algebra.RelationName;
import dev.freshet.refresh.algebra.SourceTable;
import dev.freshet.refresh.algebra.Stage;
import dev.freshet.refresh.capture.ChangeBuffer;
import dev.freshet.refresh.capture.FrontierColumns;
import dev.freshet.refresh.delta.Changes;
import dev.freshet.refresh.sql.Expression;
import dev.freshet.refresh.sql.Ordering;
import dev.freshet.refresh.sql.Query;
import dev.freshet.refresh.sql.Select;
import dev.freshet.refresh.sql.SelectBuilder;
import dev.freshet.refresh.sql.Sql;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The changes of source tables, read from their buffers, and those of inner stages, read from what
 * this transaction recorded.
 *
 * <p>New are the buffer's rows whose transaction the frontier did not see. It is a snapshot and not
 * a position: a transaction that commits late is new all the same. {@code $1} is the frontier's
 * snapshot, {@code $2} the transaction that wrote it, whose own writes to upstream stream tables it
 * saw although its snapshot does not say so.
 */
final class BufferChanges implements Changes {

  private static final String WEIGHT = "__weight";
  private static final FrontierColumns FRONTIER =
      FrontierColumns.given(parameter(1, "pg_snapshot"), parameter(2, "xid8"));

  private final Expression timeThen;
  private final Map<RelationName, Captured> sources = new HashMap<>();
  private final Map<RelationName, Stage> stages = new HashMap<>();

  private record Captured(
      SourceTable table, Set<Integer> attnums, List<RelationName> buffers, OptionalLong rowsMax) {

    /** The captured columns by number, in the table's order. */
    Map<Integer, Column> columns() {
      Map<Integer, Column> columns = new LinkedHashMap<>();
      IntStream.range(0, table.columns().size())
          .filter(i -> attnums.contains(table.numbers().get(i)))
          .forEach(i -> columns.put(table.numbers().get(i), table.columns().get(i)));
      return columns;
    }

    List<String> columnNames() {
      return columns().values().stream().map(Column::name).toList();
    }
  }

  /**
   * @param pgtId of the stream table, whose frontier says when it was refreshed
   */
  BufferChanges(long pgtId) {
    this.timeThen = readAt(pgtId);
  }

  /**
   * Adds a source that changed; buffers hold a column {@code c<attnum>} for each attribute.
   *
   * @param rowsMax if it is known that there are no more changes than so many. Said as a LIMIT that
   *     limits nothing: the planner knows nothing of a buffer's rows, and would read all of a table
   *     to join it with one change
   */
  void add(
      SourceTable table, Set<Integer> attnums, List<RelationName> buffers, OptionalLong rowsMax) {
    if (buffers.isEmpty()) {
      throw new IllegalStateException("no buffer holds the changes of " + table.name());
    }
    sources.put(
        new RelationName(table.schema(), table.name()),
        new Captured(table, attnums, buffers, rowsMax));
  }

  /** Adds an inner stage that may have changed. */
  void add(Stage stage) {
    stages.put(stage.table(), stage);
  }

  /** The time of the transaction that refreshed it last, which is the one that its rows are of. */
  private static Expression readAt(long pgtId) {
    return Sql.scalar(
        Select.builder()
            .from(new RelationName("freshet", "frontier").as("__frontier"))
            .target(Sql.column("__frontier", "read_at"))
            .where(Sql.equal(Sql.column("__frontier", "pgt_id"), Sql.integer(pgtId)))
            .build());
  }

  @Override
  public Expression timeThen() {
    return timeThen;
  }

  @Override
  public boolean touches(RelationName relation) {
    return sources.containsKey(relation) || stages.containsKey(relation);
  }

  @Override
  public List<String> columnsOf(RelationName relation) {
    Captured source = sources.get(relation);
    return source == null ? stageOf(relation).columnNames() : source.columnNames();
  }

  @Override
  public List<String> allColumnsOf(RelationName relation) {
    Captured source = sources.get(relation);
    return source == null
        ? stageOf(relation).columnNames()
        : source.table().columns().stream().map(Column::name).toList();
  }

  @Override
  public Optional<List<Column>> keptColumnsOf(RelationName relation) {
    return Optional.ofNullable(stages.get(relation)).map(Stage::columns);
  }

  @Override
  public Query deltaOf(RelationName relation) {
    Captured source = sources.get(relation);
    if (source == null) {
      return ownChanges(stageOf(relation));
    }
    return source.buffers().stream()
        .<Query>map(buffer -> newIn(buffer, source))
        .reduce(Sql::unionAll)
        .orElseThrow();
  }

  private Stage stageOf(RelationName relation) {
    Stage stage = stages.get(relation);
    if (stage == null) {
      throw new IllegalStateException("changes of " + relation + " were not announced");
    }
    return stage;
  }

  /**
   * The changes of this transaction: most of what is there, or all. PostgreSQL knows transactions
   * of the past by its statistics, would expect none of this one, and read all of them again for
   * each of them; of a CASE it expects half.
   */
  private static Query ownChanges(Stage stage) {
    Expression own = Sql.equal(Sql.column("b", "xid"), Sql.call("pg_current_xact_id"));
    SelectBuilder select = Select.builder().from(StageStorage.changesOf(stage.table()).as("b"));
    stage.columnNames().forEach(name -> select.target(Sql.column("b", name), name));
    return select
        .target(Sql.column("b", "weight"), WEIGHT)
        .where(Sql.when(own, Sql.truth(), Sql.falsehood()))
        .build();
  }

  private static Query newIn(RelationName buffer, Captured source) {
    SelectBuilder select = Select.builder().from(buffer.as("b"));
    source
        .columns()
        .forEach((number, column) -> select.target(Sql.column("b", "c" + number), column.name()));
    return select
        .target(Sql.column("b", "weight"), WEIGHT)
        .where(ChangeBuffer.newTo("b", FRONTIER))
        .ordering(atMost(source.rowsMax()))
        .build();
  }

  private static Ordering atMost(OptionalLong rowsMax) {
    return rowsMax.isEmpty()
        ? Ordering.NONE
        : new Ordering(
            List.of(), new Ordering.Rows(Sql.integer(rowsMax.getAsLong())), Optional.empty());
  }

  private static Expression parameter(int number, String type) {
    return Sql.cast(Sql.cast(Sql.parameter(number), "text"), type);
  }
}
