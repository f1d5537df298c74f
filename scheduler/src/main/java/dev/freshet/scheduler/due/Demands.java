package dev.freshet.scheduler.due;

import dev.freshet.catalog.freshness.Tier;
import dev.freshet.scheduler.schedule.Schedule;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What is demanded of every stream table.
 *
 * <p>A calculated schedule is that of the consumers, of which the shortest wins, for they are
 * refreshed together; a suspended or frozen one demands nothing. Without any it is the default.
 */
public final class Demands {

  private final Map<Long, Watched> tables;
  private final Schedule fallback;
  private final Map<Long, Set<Long>> consumers = new HashMap<>();
  private final Map<Long, Set<Demand>> known = new HashMap<>();

  private Demands(Map<Long, Watched> tables, Duration defaultSchedule) {
    this.tables = tables;
    this.fallback = new Schedule.Every(defaultSchedule);
    for (Watched table : tables.values()) {
      for (Long upstream : table.upstreams()) {
        consumers.computeIfAbsent(upstream, ignored -> new HashSet<>()).add(table.pgtId());
      }
    }
  }

  public static Map<Long, Set<Demand>> of(Map<Long, Watched> tables, Duration defaultSchedule) {
    Demands demands = new Demands(tables, defaultSchedule);
    tables.keySet().forEach(demands::of);
    return Map.copyOf(demands.known);
  }

  private Set<Demand> of(long pgtId) {
    Set<Demand> found = known.get(pgtId);
    if (found == null) {
      // Were there a cycle, which commands refuse, it would end here.
      known.put(pgtId, Set.of());
      found = Set.copyOf(find(pgtId));
      known.put(pgtId, found);
    }
    return found;
  }

  private Set<Demand> find(long pgtId) {
    Watched own = tables.get(pgtId);
    if (own == null || own.tier() == Tier.FROZEN) {
      return Set.of();
    }
    int multiplier = own.tier().multiplier();
    if (!(own.schedule() instanceof Schedule.Calculated)) {
      return Set.of(new Demand(own.schedule(), multiplier));
    }
    Set<Demand> ofConsumers = new HashSet<>();
    for (long consumer : consumers.getOrDefault(pgtId, Set.of())) {
      Watched table = tables.get(consumer);
      if (table != null && !(table.status() instanceof Status.Suspended)) {
        of(consumer)
            .forEach(demand ->
                ofConsumers.add(new Demand(demand.schedule(), demand.multiplier() * multiplier)));
      }
    }
    return ofConsumers.isEmpty() ? Set.of(new Demand(fallback, multiplier)) : ofConsumers;
  }
}
