package dev.freshet.refresh.delta;

import dev.freshet.refresh.algebra.Piece;
import dev.freshet.refresh.algebra.Shape.RunningGroups;
import dev.freshet.refresh.algebra.Stage;
import dev.freshet.refresh.sql.CommonTable;
import dev.freshet.refresh.sql.CommonTable.Materialization;
import dev.freshet.refresh.sql.Expression;
import dev.freshet.refresh.sql.FromItem;
import dev.freshet.refresh.sql.Grouping;
import dev.freshet.refresh.sql.JoinItem;
import dev.freshet.refresh.sql.Query;
import dev.freshet.refresh.sql.Select;
import dev.freshet.refresh.sql.SelectBuilder;
import dev.freshet.refresh.sql.Sql;
import dev.freshet.refresh.sql.SubqueryItem;
import dev.freshet.refresh.sql.TableReference;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which groups must be read again for their least or greatest value, and what that finds.
 *
 * <p>A value that went matters only if it is at least as extreme as the kept one. So is one that
 * came and went in the same interval, in a group that was not there or held only NULLs: hence a
 * missing kept value counts as reached. Asking {@code went <= kept} alone leaves such a passing
 * value in the group for ever.
 */
final class ExtremeGroups {

  private final Stage stage;
  private final RunningGroups shape;

  ExtremeGroups(Stage stage, RunningGroups shape) {
    this.stage = stage;
    this.shape = shape;
  }

  /**
   * {@code change} (per group), {@code judged} (with the decision), {@code again} (what was read).
   */
  List<CommonTable> tables(Query perGroup) {
    return List.of(
        materialized("change", perGroup),
        materialized("judged", judged()),
        materialized("lost", lostKeys()),
        materialized("again", again()));
  }

  private static CommonTable materialized(String name, Query query) {
    return CommonTable.of(name, query).materialized(Materialization.MATERIALIZED);
  }

  /** The changes joined with what was read again. */
  Query joined() {
    SelectBuilder select = Select.builder().target(Rows.all("j"));
    extremes()
        .forEach(piece ->
            select.target(Sql.column("a", piece.column()), RunningPieces.READ + piece.column()));
    return select
        .from(left(table("judged", "j"), table("again", "a"), RowMatch.on(shape.keys(), "j", "a")))
        .build();
  }

  private Query judged() {
    Expression rows = shape.global() ? Sql.truth() : remains();
    List<Expression> reached = new ArrayList<>();
    extremes().forEach(piece -> reached.add(reached(piece)));
    return Select.builder()
        .target(Rows.all("c"))
        .target(Sql.and(rows, Sql.or(reached)), RunningPieces.REREAD)
        .from(
            left(table("change", "c"), stage.table().as("t"), RowMatch.on(shape.keys(), "c", "t")))
        .build();
  }

  private Expression remains() {
    String rows = shape.rowCount();
    Expression kept = Sql.coalesce(Sql.column("t", rows), Sql.integer(0));
    return Sql.notEqual(Sql.plus(kept, Sql.column("c", rows)), Sql.integer(0));
  }

  private static Expression reached(Piece piece) {
    Expression went = Sql.column("c", RunningPieces.WENT + piece.column());
    Expression kept = Sql.column("t", piece.column());
    String beyond = piece.kind() == Piece.Kind.MIN ? "<=" : ">=";
    return Sql.and(
        Sql.isNotNull(went), Sql.or(Sql.isNull(kept), Sql.operation(went, beyond, kept)));
  }

  private Query lostKeys() {
    SelectBuilder select =
        Select.builder().from(table("judged", "j")).where(Sql.column("j", RunningPieces.REREAD));
    if (shape.keys().isEmpty()) {
      select.target(Sql.truth(), "any");
    }
    for (int i = 0; i < shape.keys().size(); i++) {
      select.target(Sql.column("j", shape.keys().get(i).name()), RestrictedQuery.column(i));
    }
    return select.build();
  }

  private Query again() {
    List<String> names = OutputColumns.of(shape.input());
    List<Expression> keyExpressions =
        IntStream.range(0, shape.keys().size())
            .mapToObj(i -> shape.input().targets().get(i).expression())
            .toList();
    Query rows =
        shape.global()
            ? shape.input()
            : RestrictedQuery.of(shape.input(), keyExpressions, shape.keys(), "lost");
    SelectBuilder select = Select.builder().from(SubqueryItem.of(rows, "r"));
    List<Expression> keys = new ArrayList<>();
    for (int i = 0; i < shape.keys().size(); i++) {
      Expression key = Sql.column("r", names.get(i));
      keys.add(key);
      select.target(key, shape.keys().get(i).name());
    }
    extremes()
        .forEach(piece ->
            select.target(
                RunningPieces.call(piece, Sql.column("r", piece.argument())), piece.column()));
    if (shape.global()) {
      select.where(Sql.exists(Select.builder().from(table("lost", "l")).build()));
    }
    return select.grouping(Grouping.by(keys)).build();
  }

  private List<Piece> extremes() {
    return shape.pieces().stream().filter(Piece::isExtreme).toList();
  }

  private static TableReference table(String name, String alias) {
    return TableReference.of(name).as(alias);
  }

  private static JoinItem left(FromItem left, FromItem right, List<Expression> conjuncts) {
    return Sql.join(JoinItem.Kind.LEFT, left, right, Rows.orTrue(conjuncts));
  }
}
