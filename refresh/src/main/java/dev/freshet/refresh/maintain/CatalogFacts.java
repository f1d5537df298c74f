package dev.freshet.refresh.maintain;

import dev.freshet.refresh.algebra.Catalog;
import dev.freshet.refresh.algebra.RelationName;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The catalog as the compiler sees it, and what else of it a plan depends on.
 *
 * @param used attribute numbers used, by source
 * @param readsClock whether it depends on the time, so that the result may change although no
 *     source does
 * @param refusals reasons why no delta can be right, whatever the form of the query
 */
record CatalogFacts(
    Catalog catalog,
    Map<Long, Set<Integer>> used,
    List<Refusal> refusals,
    boolean readsClock,
    boolean aggregatesFloats) {

  /**
   * A reason for FULL that the functions called give.
   *
   * @param everChanging whether the result may change although no source does
   */
  record Refusal(String code, String sentence, boolean everChanging) {}

  CatalogFacts {
    used = Map.copyOf(used);
    refusals = List.copyOf(refusals);
  }

  /** Whether the result may change although no source does. */
  boolean changesByItself() {
    return readsClock || refusals.stream().anyMatch(Refusal::everChanging);
  }

  /** Whether the query takes the least or greatest of values, some of which may be equal. */
  boolean takesExtremes() {
    return Stream.of("min", "max")
        .anyMatch(name -> catalog.functions().containsKey(new RelationName("pg_catalog", name)));
  }
}
