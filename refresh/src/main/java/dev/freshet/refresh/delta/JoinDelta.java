package dev.freshet.refresh.delta;

import dev.freshet.refresh.sql.Expression;
import dev.freshet.refresh.sql.FromItem;
import dev.freshet.refresh.sql.Ordering;
import dev.freshet.refresh.sql.Query;
import dev.freshet.refresh.sql.Select;
import dev.freshet.refresh.sql.Sql;
import dev.freshet.refresh.sql.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Delta of a SELECT over inner joins, filters and projections included.
 *
 * <p>A join is multilinear over Z-sets. With primes for the state after the change,
 * inclusion–exclusion gives
 *
 * <pre>
 *   Δ(R₁ ⋈ … ⋈ Rₙ) = Σ over non-empty T ⊆ changed of (−1)^(|T|+1) · ⋈ᵢ (ΔRᵢ if i ∈ T else R′ᵢ)
 *   for two:  ΔL ⋈ R′ + L′ ⋈ ΔR − ΔL ⋈ ΔR
 * </pre>
 *
 * <p>The last term is needed because rows that changed on both sides occur in each of the first
 * two; without it an order counts twice when it arrives together with its customer. No old state is
 * read. From six changed relations on there would be 63 terms and more, so there the telescoped
 * form is used, whose old states are weighted, not reconstructed (PostgreSQL has no statistics on
 * such a union, so that a join with it is planned badly where many terms are not):
 *
 * <pre>
 *   Σᵢ R′₁ ⋈ … ⋈ R′ᵢ₋₁ ⋈ ΔRᵢ ⋈ Rᵢ₊₁ ⋈ … ⋈ Rₙ     with R = R′ − ΔR
 * </pre>
 *
 * <p>Requires: the changes are exactly those of the interval, and R′ the states at its end. Cost:
 * |ΔRᵢ| probes of the others, per term.
 */
final class JoinDelta {

  private static final int INCLUSION_EXCLUSION_MAX = 5;

  private final ItemDelta items;

  JoinDelta(ItemDelta items) {
    this.items = items;
  }

  Optional<Query> of(Select select) {
    List<FromItem> leaves = Leaves.of(select.from());
    NavigableMap<Integer, FromItem> deltas = changed(leaves, leaf -> items.of(leaf, select));
    Stream<Query> terms =
        deltas.size() <= INCLUSION_EXCLUSION_MAX
            ? inclusionExclusion(select, leaves, deltas)
            : telescoped(select, leaves, changed(leaves, items::of));
    return terms.reduce(Sql::unionAll);
  }

  private static NavigableMap<Integer, FromItem> changed(
      List<FromItem> leaves, Function<FromItem, Optional<FromItem>> delta) {
    TreeMap<Integer, FromItem> deltas = new TreeMap<>();
    for (int i = 0; i < leaves.size(); i++) {
      int index = i;
      delta.apply(leaves.get(i)).ifPresent(found -> deltas.put(index, found));
    }
    return deltas;
  }

  private static Stream<Query> inclusionExclusion(
      Select select, List<FromItem> leaves, NavigableMap<Integer, FromItem> deltas) {
    List<Integer> changed = List.copyOf(deltas.keySet());
    return IntStream.range(1, 1 << changed.size())
        .mapToObj(subset -> {
          List<FromItem> terms = new ArrayList<>(leaves);
          List<String> weights = new ArrayList<>();
          for (int bit = 0; bit < changed.size(); bit++) {
            if ((subset & (1 << bit)) != 0) {
              int index = changed.get(bit);
              terms.set(index, deltas.get(index));
              weights.add(leaves.get(index).visibleName());
            }
          }
          return term(select, terms, Weights.product(weights, weights.size() % 2 == 0));
        });
  }

  private Stream<Query> telescoped(
      Select select, List<FromItem> leaves, NavigableMap<Integer, FromItem> deltas) {
    return deltas.entrySet().stream()
        .map(entry -> {
          List<FromItem> terms = new ArrayList<>(leaves);
          List<String> weights = new ArrayList<>();
          terms.set(entry.getKey(), entry.getValue());
          weights.add(leaves.get(entry.getKey()).visibleName());
          deltas
              .tailMap(entry.getKey(), false)
              .forEach((index, delta) -> {
                terms.set(index, items.before(leaves.get(index), delta));
                weights.add(leaves.get(index).visibleName());
              });
          return term(select, terms, Weights.product(weights, false));
        });
  }

  private static Query term(Select select, List<FromItem> leaves, Expression weight) {
    List<Target> targets =
        Stream.concat(select.targets().stream(), Stream.of(new Target(weight, Weights.COLUMN)))
            .toList();
    return select.toBuilder()
        .targets(targets)
        .from(Leaves.replace(select.from(), leaves))
        .ordering(Ordering.NONE)
        .build();
  }
}
