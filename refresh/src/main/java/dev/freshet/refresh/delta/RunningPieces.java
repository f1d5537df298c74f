package dev.freshet.refresh.delta;

import dev.freshet.refresh.algebra.Column;
import dev.freshet.refresh.algebra.Piece;
import dev.freshet.refresh.algebra.Shape.RunningGroups;
import dev.freshet.refresh.algebra.Stage;
import dev.freshet.refresh.sql.CallModifiers;
import dev.freshet.refresh.sql.Expression;
import dev.freshet.refresh.sql.FunctionCall;
import dev.freshet.refresh.sql.Greatest;
import dev.freshet.refresh.sql.Least;
import dev.freshet.refresh.sql.Query;
import dev.freshet.refresh.sql.Select;
import dev.freshet.refresh.sql.Sql;
import dev.freshet.refresh.sql.SubqueryItem;
import dev.freshet.refresh.sql.Target;
import dev.freshet.refresh.sql.TypeName;
import java.util.ArrayList;
import java.util.List;

/**
 * What becomes of each running aggregate: its change from the rows that came and went, its next
 * value, its first.
 *
 * <p>The kept row is {@code t}, the change of its group {@code d}. Where every weight is 1 or -1
 * sums add what came and subtract what went, by PostgreSQL's own aggregate, rather than multiply by
 * the weight, which costs more. Where a weight may stand for several rows they multiply, in a type
 * that does not overflow.
 */
final class RunningPieces {

  /**
   * Prefixes of the columns that the change of an extreme needs: the best that came, the best that
   * went.
   */
  static final String CAME = "__came_";

  static final String WENT = "__went_";

  /** Prefix of the columns with what a second reading of the group found. */
  static final String READ = "__read_";

  static final String REREAD = "__reread";

  private final Stage stage;
  private final RunningGroups shape;
  private final boolean severalAtOnce;

  /**
   * @param severalAtOnce whether a weight may be other than 1 and -1
   */
  RunningPieces(Stage stage, RunningGroups shape, boolean severalAtOnce) {
    this.stage = stage;
    this.shape = shape;
    this.severalAtOnce = severalAtOnce;
  }

  /** Targets over the raw delta that make the change of a piece. */
  List<Target> changes(Piece piece, String raw) {
    Expression argument = Sql.column(raw, piece.argument());
    return switch (piece.kind()) {
      case ROWS -> List.of(new Target(Sql.cast(Weights.sum(raw), "int8"), piece.column()));
      case VALUES -> List.of(new Target(valuesChange(argument, raw), piece.column()));
      case SUM -> List.of(new Target(sumChange(piece, argument, raw), piece.column()));
      case MIN, MAX ->
          List.of(
              new Target(filtered(call(piece, argument), came(raw)), CAME + piece.column()),
              new Target(filtered(call(piece, argument), went(raw)), WENT + piece.column()));
    };
  }

  private static Expression valuesChange(Expression argument, String raw) {
    FunctionCall sum = Sql.call("sum", Weights.of(raw));
    return Sql.cast(Sql.coalesce(filtered(sum, Sql.isNotNull(argument)), Sql.integer(0)), "int8");
  }

  private Expression sumChange(Piece piece, Expression argument, String raw) {
    TypeName type = stage.column(piece.column()).type().typeName();
    Expression zero = Sql.cast(Sql.integer(0), type);
    if (severalAtOnce) {
      Expression factor = piece.argumentType().isMoney() ? argument : Sql.cast(argument, "numeric");
      Expression product = Sql.times(factor, Weights.of(raw));
      return Sql.coalesce(Sql.cast(Sql.call("sum", product), type), zero);
    }
    if (piece.argumentType().isNumeric()) {
      // Of this type every value has an opposite, and one aggregate costs half of what two do.
      Expression signed = Sql.when(came(raw), argument, Sql.negative(argument));
      return Sql.coalesce(Sql.call("sum", signed), zero);
    }
    FunctionCall sum = Sql.call("sum", argument);
    return Sql.minus(
        Sql.coalesce(filtered(sum, came(raw)), zero), Sql.coalesce(filtered(sum, went(raw)), zero));
  }

  private static Expression came(String raw) {
    return Sql.greater(Weights.of(raw), Sql.integer(0));
  }

  private static Expression went(String raw) {
    return Sql.less(Weights.of(raw), Sql.integer(0));
  }

  static FunctionCall call(Piece piece, Expression argument) {
    String name =
        switch (piece.kind()) {
          case MIN -> "min";
          case MAX -> "max";
          case SUM -> "sum";
          case ROWS, VALUES -> "count";
        };
    return Sql.call(name, argument);
  }

  private static FunctionCall filtered(FunctionCall call, Expression condition) {
    return call.withModifiers(new CallModifiers(false, List.of(), false, List.of(condition)));
  }

  /** Whether anything about the group changed. */
  Expression anyChange(String delta) {
    List<Expression> changes = new ArrayList<>();
    for (Piece piece : shape.pieces()) {
      switch (piece.kind()) {
        case ROWS, VALUES, SUM ->
            changes.add(
                Sql.notEqual(
                    Sql.column(delta, piece.column()),
                    Sql.cast(Sql.integer(0), stage.column(piece.column()).type().typeName())));
        case MIN, MAX -> changes.add(differs(piece));
      }
    }
    return Sql.or(changes);
  }

  private Expression differs(Piece piece) {
    Expression kept = Sql.column("t", piece.column());
    return stage.column(piece.column()).type().isExact()
        ? Sql.isDistinctFrom(kept, next(piece))
        : Sql.not(RowMatch.sameImage(kept, next(piece)));
  }

  /** The value after the change, of a group that was there. */
  Expression next(Piece piece) {
    Expression kept = Sql.column("t", piece.column());
    Expression change = Sql.column("d", piece.column());
    return switch (piece.kind()) {
      case ROWS, VALUES -> Sql.plus(kept, change);
      case SUM -> nextSum(piece, kept, change);
      case MIN, MAX ->
          Sql.when(
              Sql.column("d", REREAD), Sql.column("d", READ + piece.column()), better(piece, kept));
    };
  }

  /** The value of a group that was not there. */
  Expression first(Piece piece) {
    Expression change = Sql.column("d", piece.column());
    return switch (piece.kind()) {
      case ROWS, VALUES -> change;
      case SUM -> nullWithoutValues(piece, readIfNaN(piece, change), false);
      case MIN, MAX ->
          Sql.when(
              Sql.column("d", REREAD),
              Sql.column("d", READ + piece.column()),
              Sql.column("d", CAME + piece.column()));
    };
  }

  private Expression nextSum(Piece piece, Expression kept, Expression change) {
    if (piece.countedBy().isEmpty()) {
      return readIfNaN(piece, Sql.plus(kept, change));
    }
    TypeName type = stage.column(piece.column()).type().typeName();
    Expression total = Sql.plus(Sql.coalesce(kept, Sql.cast(Sql.integer(0), type)), change);
    return nullWithoutValues(piece, readIfNaN(piece, total), true);
  }

  private Expression nullWithoutValues(Piece piece, Expression sum, boolean wasThere) {
    return piece
        .countedBy()
        .<Expression>map(count -> {
          Expression change = Sql.column("d", count);
          Expression now = wasThere ? Sql.plus(Sql.column("t", count), change) : change;
          return Sql.when(Sql.equal(now, Sql.integer(0)), Sql.nothing(), sum);
        })
        .orElse(sum);
  }

  private Expression better(Piece piece, Expression kept) {
    List<Expression> both = List.of(kept, Sql.column("d", CAME + piece.column()));
    return piece.kind() == Piece.Kind.MIN ? new Least(both) : new Greatest(both);
  }

  /**
   * NaN plus anything is NaN, also once the NaN has gone, and so is infinity less infinity: then
   * the group is summed again.
   */
  private Expression readIfNaN(Piece piece, Expression sum) {
    if (!piece.argumentType().isNumeric()) {
      return sum;
    }
    Expression nan = Sql.cast(Sql.text("NaN"), "numeric");
    return Sql.when(Sql.equal(sum, nan), Sql.scalar(sumAgain(piece)), sum);
  }

  private Query sumAgain(Piece piece) {
    List<String> names = OutputColumns.of(shape.input());
    List<Column> keys = shape.keys();
    List<Expression> match =
        RowMatch.on(
            keys,
            column -> Sql.column("g", names.get(keys.indexOf(column))),
            column -> Sql.column("d", column.name()));
    return Select.builder()
        .target(Sql.call("sum", Sql.column("g", piece.argument())))
        .from(SubqueryItem.of(shape.input(), "g"))
        .where(match)
        .build();
  }
}
