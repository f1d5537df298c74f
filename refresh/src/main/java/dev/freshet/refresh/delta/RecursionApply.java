package dev.freshet.refresh.delta;

import dev.freshet.refresh.algebra.Column;
import dev.freshet.refresh.algebra.RelationName;
import dev.freshet.refresh.algebra.Shape;
import dev.freshet.refresh.algebra.Stage;
import dev.freshet.refresh.sql.Alias;
import dev.freshet.refresh.sql.CommonTable;
import dev.freshet.refresh.sql.Expression;
import dev.freshet.refresh.sql.FromItem;
import dev.freshet.refresh.sql.JoinItem;
import dev.freshet.refresh.sql.NodeMapping;
import dev.freshet.refresh.sql.Ordering;
import dev.freshet.refresh.sql.Query;
import dev.freshet.refresh.sql.Select;
import dev.freshet.refresh.sql.SelectBuilder;
import dev.freshet.refresh.sql.SetOperation;
import dev.freshet.refresh.sql.Sql;
import dev.freshet.refresh.sql.Statement;
import dev.freshet.refresh.sql.SubqueryItem;
import dev.freshet.refresh.sql.TableReference;
import dev.freshet.refresh.sql.With;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Maintains a recursion T = B + step(T), whose step is linear in T, from the changes of what base
 * and step read.
 *
 * <p>The seeds are what the changes do in one step: {@code S = ΔB + Δstep(T)} with T as it was. Of
 * each way to come to a row that is lost there is a negative one among them, and of each that is
 * new a positive one; they are not netted, since a row that has lost one way and found another may
 * stand on itself now.
 *
 * <p>UNION ALL counts the ways: {@code ΔT = S + step′(S) + step′(step′(S)) + …}, weights going
 * along. It ends, since the query does, unless changes leave a circle that nothing leads to any
 * more: that is noticed by its length, and computed whole.
 *
 * <p>UNION deletes and derives again. What may have lost its ground: the negative seeds and all
 * that steps lead to from there, as far as it is in T. Who has not is still derived as it was. What
 * is there again or anew: of those and of the positive seeds whoever base or one step from the
 * untouched rows gives, and all that steps lead to from there.
 *
 * <p>Cost: the rows reached from the changes, one step each; for UNION the question whether a row
 * can be derived otherwise for each row that may have lost its ground.
 */
final class RecursionApply {

  /** More is computed whole. */
  private static final long ROWS_MAX = 1_000_000;

  private static final String SEEDS = "__seeds";
  private static final String GONE = "__gone";
  private static final String CAME = "__came";
  private static final String CHANGED = "__reached";

  private final Stage stage;
  private final Shape.Recursion recursion;
  private final List<Column> columns;

  private RecursionApply(Stage stage, Shape.Recursion recursion) {
    this.stage = stage;
    this.recursion = recursion;
    this.columns = stage.columns();
  }

  static Optional<Statement> of(Stage stage, Shape.Recursion recursion, QueryDelta deltas) {
    return Stream.of(recursion.base(), recursion.step())
        .flatMap(part -> deltas.of(part).stream())
        .reduce(Sql::unionAll)
        .map(seeds -> new RecursionApply(stage, recursion).statement(seeds));
  }

  private Statement statement(Query seeds) {
    return LinearApply.of(stage, recursion.distinct() ? rederived(seeds) : counted(seeds));
  }

  /** {@code S + step′(S) + …}. */
  private Query counted(Query seeds) {
    List<String> names = weightedNames();
    Select step = over(recursion.step(), CHANGED, true);
    CommonTable reached = CommonTable.of(CHANGED, names, Sql.unionAll(rows(seeds, names), step));
    SelectBuilder bounded =
        Select.builder()
            .from(TableReference.of(CHANGED))
            .target(Rows.all(CHANGED))
            .target(Sql.over(Sql.call("row_number"), List.of(), List.of()), "__place")
            .ordering(
                new Ordering(
                    List.of(), new Ordering.Rows(Sql.integer(ROWS_MAX + 1)), Optional.empty()));
    Expression tooFar = Sql.greater(Sql.column("r", "__place"), Sql.integer(ROWS_MAX));
    Expression refused = Sql.call(List.of("freshet", "refuse_endless_recursion"), List.of());
    SelectBuilder result = Select.builder().from(SubqueryItem.of(bounded.build(), "r"));
    stage.columnNames().forEach(name -> result.target(Sql.column("r", name), name));
    result.target(Sql.when(tooFar, refused, Weights.of("r")), Weights.COLUMN);
    return result.build().withWith(new With(true, List.of(reached)));
  }

  /** What is gone less what is there again. */
  private Query rederived(Query seeds) {
    List<String> names = stage.columnNames();
    List<CommonTable> tables =
        List.of(
            CommonTable.of(SEEDS, weightedNames(), rows(seeds, weightedNames())),
            CommonTable.of(GONE, names, gone()),
            CommonTable.of(CAME, names, came()));
    return Sql.unionAll(weighted(GONE, Weights.GONE), weighted(CAME, Weights.CAME))
        .withWith(new With(true, tables));
  }

  private Query gone() {
    Expression lost = Sql.less(Weights.of("s"), Sql.integer(0));
    Query first =
        shown("s", TableReference.of(SEEDS).as("s"), List.of(lost, isIn(kept(), "t", "s")));
    Query next =
        shown(
            "n",
            SubqueryItem.of(over(recursion.step(), GONE, false), "n"),
            List.of(isIn(kept(), "t", "n")));
    return union(first, next);
  }

  private Query came() {
    Query doubtful = shown("g", TableReference.of(GONE).as("g"), List.of());
    Query found =
        shown(
            "s",
            TableReference.of(SEEDS).as("s"),
            List.of(Sql.greater(Weights.of("s"), Sql.integer(0)), Sql.not(isUntouched("s"))));
    FromItem base = SubqueryItem.of(recursion.base(), "b");
    FromItem step = SubqueryItem.of(substituted(recursion.step(), this::untouched, false), "n");
    // Two semi joins, which an OR of them would not be.
    FromItem candidates = SubqueryItem.of(union(doubtful, found), "c");
    Query first =
        union(
            shown("c", candidates, List.of(isIn(base, "b", "c"))),
            shown("c", candidates, List.of(isIn(step, "n", "c"))));
    Query next =
        shown(
            "n",
            SubqueryItem.of(over(recursion.step(), CAME, false), "n"),
            List.of(Sql.not(isUntouched("n"))));
    return union(first, next);
  }

  /** The rows that are there and did not lose their ground, in the place of the stage's table. */
  private FromItem untouched(TableReference table) {
    Query rows = shown("t", kept(), List.of(isNotGone()));
    return new SubqueryItem(rows, false, new Alias(table.visibleName(), table.alias().columns()));
  }

  private Expression isUntouched(String row) {
    Query rows =
        Select.builder()
            .from(kept())
            .where(RowMatch.on(columns, "t", row))
            .where(isNotGone())
            .build();
    return Sql.exists(rows);
  }

  private Expression isNotGone() {
    return Sql.not(isIn(TableReference.of(GONE).as("g"), "g", "t"));
  }

  private FromItem kept() {
    return stage.table().as("t");
  }

  private Expression isIn(FromItem relation, String alias, String row) {
    return Sql.exists(
        Select.builder().from(relation).where(RowMatch.on(columns, alias, row)).build());
  }

  private Select shown(String alias, FromItem relation, List<Expression> where) {
    SelectBuilder select = Select.builder().from(relation);
    stage.columnNames().forEach(name -> select.target(Sql.column(alias, name), name));
    where.forEach(select::where);
    return select.build();
  }

  private Query weighted(String table, Expression weight) {
    return shown(table, TableReference.of(table), List.of()).toBuilder()
        .target(weight, Weights.COLUMN)
        .build();
  }

  private static Query union(Query left, Query right) {
    return SetOperation.of(SetOperation.Kind.UNION, false, left, right);
  }

  private List<String> weightedNames() {
    return Weights.after(stage.columnNames());
  }

  private static Query rows(Query query, List<String> names) {
    SelectBuilder select =
        Select.builder().from(new SubqueryItem(query, false, new Alias("s", names)));
    names.forEach(name -> select.target(Sql.column("s", name), name));
    return select.build();
  }

  /** The step from the rows of another relation, whose weight comes along if it has one. */
  private Select over(Select step, String relation, boolean weighted) {
    return substituted(
        step,
        table ->
            TableReference.of(relation)
                .withAlias(new Alias(table.visibleName(), table.alias().columns())),
        weighted);
  }

  private Select substituted(
      Select step, Function<TableReference, FromItem> replacement, boolean weighted) {
    Substitution substitution = new Substitution(replacement, weighted);
    List<FromItem> from = step.from().stream().map(substitution::in).toList();
    SelectBuilder result = step.toBuilder().from(from);
    if (weighted) {
      result.target(Weights.of(substitution.alias), Weights.COLUMN);
    }
    return result.build();
  }

  /** Puts something in the one place of a FROM clause where the stage's table stands. */
  private final class Substitution {

    private final Function<TableReference, FromItem> replacement;
    private final boolean weighted;
    private String alias = "";

    Substitution(Function<TableReference, FromItem> replacement, boolean weighted) {
      this.replacement = replacement;
      this.weighted = weighted;
    }

    FromItem in(FromItem item) {
      return switch (item) {
        case TableReference table when RelationName.of(table).equals(stage.table()) -> {
          alias = table.visibleName();
          yield replacement.apply(table);
        }
        case JoinItem join -> join.mapNodes(NodeMapping.ofFromItems(this::in));
        case SubqueryItem subquery when !stage.table().placesIn(subquery.query()).isEmpty() -> {
          alias = subquery.visibleName();
          yield new SubqueryItem(
              substituted((Select) subquery.query(), replacement, weighted),
              subquery.lateral(),
              subquery.alias());
        }
        default -> item;
      };
    }
  }
}
