package dev.freshet.catalog.freshness;

/** Hears of the cycles of stream tables that have an objective. */
@FunctionalInterface
public interface FreshnessCycles {

  /** Nobody listens. */
  FreshnessCycles UNHEARD = _ -> {};

  /** A cycle has ended; returns at once. */
  void ended(Cycle cycle);
}
