package dev.freshet.refresh.rewrite;

import dev.freshet.refresh.algebra.Column;
import dev.freshet.refresh.algebra.Identity;
import dev.freshet.refresh.algebra.RelationName;
import dev.freshet.refresh.algebra.Shape;
import dev.freshet.refresh.algebra.SourceTable;
import dev.freshet.refresh.algebra.SourceType;
import dev.freshet.refresh.algebra.Stage;
import dev.freshet.refresh.sql.Alias;
import dev.freshet.refresh.sql.CommonTable;
import dev.freshet.refresh.sql.FromItem;
import dev.freshet.refresh.sql.Position;
import dev.freshet.refresh.sql.Query;
import dev.freshet.refresh.sql.Select;
import dev.freshet.refresh.sql.SelectBuilder;
import dev.freshet.refresh.sql.SetOperation;
import dev.freshet.refresh.sql.Sql;
import dev.freshet.refresh.sql.SubqueryItem;
import dev.freshet.refresh.sql.TableReference;
import dev.freshet.refresh.sql.TreeRewriter;
import dev.freshet.refresh.sql.Trees;
import dev.freshet.refresh.sql.With;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Makes a stage of every recursive common table expression, inner ones first; the query reads the
 * stage's table in its place, and so does the recursion's own step.
 */
final class Recursions extends TreeRewriter {

  private static final String ITSELF = "__recursion";

  private final Types types;
  private final Scopes scopes;
  private final StageNames names;
  private final UnaryOperator<Query> linear;

  /**
   * @param linear makes a query linear, and cuts off its inner stages
   */
  Recursions(Types types, Scopes scopes, StageNames names, UnaryOperator<Query> linear) {
    this.types = types;
    this.scopes = scopes;
    this.names = names;
    this.linear = linear;
  }

  @Override
  public FromItem fromItem(FromItem item) {
    FromItem inside = super.fromItem(item);
    return inside instanceof SubqueryItem subquery
            && subquery.query() instanceof Select select
            && select.with().recursive()
        ? tableOf(select, subquery.alias())
        : inside;
  }

  private TableReference tableOf(Select select, Alias alias) {
    CommonTable table = select.with().tables().getFirst();
    if (!(table.statement() instanceof SetOperation union)) {
      throw new IllegalStateException("a recursion without a UNION: " + table.name());
    }
    Query whole = NumberedColumns.query(select);
    List<Column> columns = types.of(whole);
    RelationName name = names.of(whole);
    if (scopes.stage(name).isEmpty()) {
      types.declare(name, whole);
      scopes.add(asSource(name, columns, List.of()));
      scopes.add(stage(new Cut(name, columns, table, union)));
    }
    return name.reference().withAlias(alias);
  }

  private static SourceTable asSource(
      RelationName name, List<Column> columns, List<Set<String>> keys) {
    return new SourceTable(
        0,
        name.schema(),
        name.name(),
        SourceType.TABLE,
        columns,
        IntStream.rangeClosed(1, columns.size()).boxed().toList(),
        keys,
        false);
  }

  /** What a stage is made of. */
  private record Cut(
      RelationName name, List<Column> columns, CommonTable table, SetOperation union) {

    /** The step as it reads the stage. */
    Query stepOverStage() {
      return Trees.replaceTables(
          union.right(),
          reference ->
              reference.schema().isEmpty() && reference.name().equals(table.name())
                  ? name.reference().withAlias(named(reference))
                  : reference);
    }

    private Alias named(TableReference reference) {
      List<String> given = reference.alias().columns();
      List<String> all = new ArrayList<>(given);
      all.addAll(table.columns().subList(given.size(), table.columns().size()));
      return new Alias(reference.visibleName(), all);
    }
  }

  private Stage stage(Cut cut) {
    boolean distinct = !cut.union().all();
    if (distinct && !cut.columns().stream().allMatch(column -> column.type().isExact())) {
      throw refusal("a recursive UNION of values that are equal and yet not the same");
    }
    Query base = named(linear.apply(cut.union().left()), cut.columns());
    Query made = linear.apply(cut.stepOverStage());
    requireOnePlace(made, cut.name());
    Select step = named(made, cut.columns());
    List<Column> columns = withoutNulls(cut, base, step);
    boolean keyed = distinct && columns.stream().allMatch(Column::notNull);
    List<String> names = columns.stream().map(Column::name).toList();
    if (keyed) {
      scopes.add(asSource(cut.name(), columns, List.of(Set.copyOf(names))));
    }
    Set<RelationName> reads = new HashSet<>(Scopes.reads(base));
    reads.addAll(Scopes.reads(step));
    reads.remove(cut.name());
    return new Stage(
        cut.name(),
        whole(cut, base, step),
        new Shape.Recursion(base, step, distinct),
        keyed ? new Identity.Keyed(names) : new Identity.Bag(),
        columns,
        reads);
  }

  /** A column is never NULL if it is not so in the base, and the step makes none of such rows. */
  private List<Column> withoutNulls(Cut cut, Query base, Query step) {
    List<Column> assumed = Nullabilities.of(cut.columns(), base, scopes);
    while (true) {
      scopes.add(asSource(cut.name(), assumed, List.of()));
      List<Column> before = assumed;
      List<Column> made = Nullabilities.of(before, step, scopes);
      List<Column> both =
          IntStream.range(0, made.size())
              .mapToObj(i -> before.get(i).notNull() ? made.get(i) : before.get(i))
              .toList();
      if (both.equals(before)) {
        return both;
      }
      assumed = both;
    }
  }

  /** Under the names of the stage's columns. */
  private static Select named(Query query, List<Column> columns) {
    SelectBuilder select = Select.builder().from(NumberedColumns.item(query));
    columns.forEach(column -> select.target(Sql.column("q", column.name()), column.name()));
    return select.build();
  }

  private void requireOnePlace(Query step, RelationName table) {
    boolean inStage = scopes.stages().stream().anyMatch(stage -> stage.reads().contains(table));
    if (inStage || table.placesIn(step).size() != 1 || !(step instanceof Select)) {
      throw refusal("a recursion whose step is more than filters and joins of its own rows");
    }
  }

  private static Query whole(Cut cut, Query base, Select step) {
    List<String> columns = cut.columns().stream().map(Column::name).toList();
    Query own =
        Trees.replaceTables(
            step,
            reference ->
                RelationName.of(reference).equals(cut.name())
                    ? TableReference.of(ITSELF).withAlias(reference.alias())
                    : reference);
    CommonTable table =
        CommonTable.of(
            ITSELF,
            columns,
            SetOperation.of(SetOperation.Kind.UNION, cut.union().all(), base, own));
    SelectBuilder rows = Select.builder().from(TableReference.of(ITSELF));
    columns.forEach(column -> rows.target(Sql.column(ITSELF, column), column));
    return rows.build().withWith(new With(true, List.of(table)));
  }

  private static RuntimeException refusal(String what) {
    return Linearity.refusal("recursive_query", what + " has no delta rule", Position.NONE);
  }
}
