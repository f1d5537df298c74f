package dev.freshet.scheduler.due;

import dev.freshet.scheduler.schedule.Schedule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How fresh every stream table is to be: as its own objective says, and, where its schedule is
 * calculated from those that read it, as the tightest of theirs.
 */
public final class Objectives {

  private final Map<Long, Watched> tables = new HashMap<>();
  private final Map<Long, Set<Long>> consumers = new HashMap<>();

  private Objectives(Collection<Watched> all) {
    for (Watched table : all) {
      tables.put(table.pgtId(), table);
      table
          .upstreams()
          .forEach(upstream ->
              consumers.computeIfAbsent(upstream, _ -> new HashSet<>()).add(table.pgtId()));
    }
  }

  /** The stream tables with the objectives that hold for them. */
  public static List<Watched> applied(Collection<Watched> tables) {
    if (tables.stream().allMatch(table -> table.sla().isEmpty())) {
      return List.copyOf(tables);
    }
    Objectives objectives = new Objectives(tables);
    List<Watched> applied = new ArrayList<>();
    for (Watched table : tables) {
      applied.add(objectives.of(table.pgtId(), new HashSet<>()).map(table::with).orElse(table));
    }
    return applied;
  }

  private Optional<Duration> of(long pgtId, Set<Long> path) {
    Watched table = tables.get(pgtId);
    if (table == null || !path.add(pgtId)) {
      return Optional.empty();
    }
    List<Duration> found = new ArrayList<>(table.sla().stream().toList());
    if (table.schedule() instanceof Schedule.Calculated) {
      for (long consumer : consumers.getOrDefault(pgtId, Set.of())) {
        of(consumer, path).ifPresent(found::add);
      }
    }
    return found.stream().min(Comparator.naturalOrder());
  }
}
