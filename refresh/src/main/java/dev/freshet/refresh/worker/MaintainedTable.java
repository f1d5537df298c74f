package dev.freshet.refresh.worker;

import static java.util.Objects.requireNonNull;

import dev.freshet.refresh.maintain.MaintenancePlan;
import dev.freshet.refresh.maintain.SourceUse;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A stream table as compiled at one epoch of its definition.
 *
 * @param relid its table
 * @param relation its table's name, quoted
 * @param view its definition view
 * @param settings those recorded at its creation, under which its query means what its creator
 *     meant
 * @param relations its table, its sources and all views between: everything whose names the plan
 *     uses
 * @param objects these, their namespaces, and the partitions and children of the sources
 * @param stamp of those names when the plan was made
 * @param shapes of the sources when the plan was made: their definitions' fingerprints
 */
record MaintainedTable(
    long epoch,
    long relid,
    String relation,
    String view,
    Mode mode,
    boolean appendOnly,
    Map<String, String> settings,
    MaintenancePlan plan,
    List<Long> relations,
    List<Long> objects,
    String stamp,
    Map<Long, String> shapes) {

  /** What the user has asked for. */
  enum Mode {
    AUTO,
    DIFFERENTIAL,
    FULL
  }

  MaintainedTable {
    requireNonNull(relation);
    requireNonNull(view);
    requireNonNull(mode);
    settings = Map.copyOf(settings);
    requireNonNull(plan);
    relations = List.copyOf(relations);
    objects = List.copyOf(objects);
    requireNonNull(stamp);
    shapes = Map.copyOf(shapes);
  }

  long pgtId() {
    return plan.pgtId();
  }

  /** The attributes that it needs of a source. */
  Set<Integer> attnumsOf(long source) {
    return plan.sources().stream()
        .filter(use -> use.relid() == source)
        .map(SourceUse::attnums)
        .findFirst()
        .orElse(Set.of());
  }
}
