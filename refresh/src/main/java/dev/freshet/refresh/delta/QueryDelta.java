package dev.freshet.refresh.delta;

import static dev.freshet.refresh.sql.SetOperation.Kind.UNION;

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

  private final JoinDelta joins;
  private final OuterJoinDelta outerJoins;
  private final SharedDeltas shared = new SharedDeltas();

  public QueryDelta(Changes changes) {
    ItemDelta items = new ItemDelta(this, changes, shared);
    this.joins = new JoinDelta(items);
    this.outerJoins = new OuterJoinDelta(items, joins);
  }

  /** ΔQ; empty where none of what the query reads has changed. */
  public Optional<Query> of(Query query) {
    return switch (query) {
      case Select select when OuterJoinDelta.isIn(select) -> outerJoins.of(select);
      case Select select -> joins.of(select);
      case SetOperation operation when operation.kind() == UNION && operation.all() ->
          union(operation);
      case Values _ -> Optional.empty();
      case SetOperation operation ->
          throw new IllegalStateException("not linear: " + operation.kind());
    };
  }

  /** A statement made of these deltas, with what they share. */
  Statement complete(Statement statement) {
    return shared.before(statement);
  }

  /** Δ(A ⊎ B) = ΔA ⊎ ΔB. */
  private Optional<Query> union(SetOperation operation) {
    return Stream.of(operation.left(), operation.right())
        .flatMap(side -> of(side).stream())
        .reduce(Sql::unionAll);
  }
}
