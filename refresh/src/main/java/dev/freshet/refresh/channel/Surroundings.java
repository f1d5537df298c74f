package dev.freshet.refresh.channel;

import static java.util.Objects.requireNonNull;

import dev.freshet.catalog.chore.Chore;
import dev.freshet.catalog.cost.RefreshCosts;
import java.util.List;

/**
 * What the other modules contribute to refreshes.
 *
 * @param costs what refreshes are expected to cost
 * @param chores what is to be done from time to time
 */
public record Surroundings(RefreshCosts costs, List<Chore> chores) {

  /** Of a service without other modules. */
  public static final Surroundings NONE = new Surroundings(RefreshCosts.UNKNOWN, List.of());

  public Surroundings {
    requireNonNull(costs);
    chores = List.copyOf(chores);
  }
}
