package dev.freshet.refresh.delta;

import static dev.freshet.refresh.sql.SetOperation.Kind.UNION;

import dev.freshet.refresh.sql.Expression;
import dev.freshet.refresh.sql.Query;
import dev.freshet.refresh.sql.Select;
import dev.freshet.refresh.sql.SetOperation;
import dev.freshet.refresh.sql.Sql;
import dev.freshet.refresh.sql.Statement;
import dev.freshet.refresh.sql.Values;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Delta of a linear query: of filters, projections, joins and UNION ALL.
 *
 * <p>The result has the query's columns and the weight, and is not netted: that is done once, where
 * it is applied.
 */
public final class QueryDelta {

  private final SharedDeltas shared = new SharedDeltas();
  private final Expression timeThen;
  private final Rules visible;
  private final Rules all;
  private boolean weighsSeveral;

  /** The rules for a SELECT, by what of the changes they begin with. */
  private record Rules(JoinDelta joins, OuterJoinDelta outerJoins) {
    static Rules over(ItemDelta items) {
      JoinDelta joins = new JoinDelta(items);
      return new Rules(joins, new OuterJoinDelta(items, joins));
    }
  }

  public QueryDelta(Changes changes) {
    timeThen = changes.timeThen();
    visible = Rules.over(new ItemDelta(this, changes, shared, true));
    all = Rules.over(new ItemDelta(this, changes, shared, false));
  }

  /** ΔQ; empty where none of what the query reads has changed. */
  public Optional<Query> of(Query query) {
    return of(query, visible);
  }

  /**
   * The keys of the rows that changed, in whatever column: ΔQ without the pairs that come to
   * nothing because a query of keys does not look at what has changed.
   *
   * @param keys a query of nothing but keys
   */
  Optional<Query> touching(Query keys) {
    return of(keys, all);
  }

  private Optional<Query> of(Query query, Rules rules) {
    return switch (query) {
      case Select select when TimeShift.isIn(select) -> ofTimed(select, rules);
      case Select select when OuterJoinDelta.isIn(select) -> rules.outerJoins().of(select);
      case Select select -> rules.joins().of(select);
      case SetOperation operation when operation.kind() == UNION && operation.all() ->
          union(operation, rules);
      case Values _ -> Optional.empty();
      case SetOperation operation ->
          throw new IllegalStateException("not linear: " + operation.kind());
    };
  }

  /** What changed, as seen at the old time, and what the time has done to what is there now. */
  private Optional<Query> ofTimed(Select select, Rules rules) {
    TimeShift shift = new TimeShift(select, timeThen);
    return Optional.of(
        of(shift.before(), rules)
            .<Query>map(changed -> Sql.unionAll(changed, shift.query()))
            .orElseGet(shift::query));
  }

  /** Notes that a weight may stand for several rows at once. */
  void noteSeveral() {
    weighsSeveral = true;
  }

  /** Whether a weight of the deltas that were derived may be other than 1 and -1. */
  boolean weighsSeveral() {
    return weighsSeveral;
  }

  /** A statement made of these deltas, with what they share. */
  Statement complete(Statement statement) {
    return shared.before(statement);
  }

  /** Δ(A ⊎ B) = ΔA ⊎ ΔB. */
  private Optional<Query> union(SetOperation operation, Rules rules) {
    return Stream.of(operation.left(), operation.right())
        .flatMap(side -> of(side, rules).stream())
        .reduce(Sql::unionAll);
  }
}
