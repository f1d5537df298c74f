package dev.freshet.catalog.cost;

/** What is known of the costs of refreshing each stream table. */
@FunctionalInterface
public interface RefreshCosts {

  /** Where nothing is known of any, and the fixed threshold decides. */
  RefreshCosts UNKNOWN = _ -> CostForecast.NONE;

  /** What refreshing it is expected to cost; at once, from memory. */
  CostForecast of(long pgtId);
}
