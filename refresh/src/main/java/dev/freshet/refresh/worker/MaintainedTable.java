package dev.freshet.refresh.worker;

import static java.util.Objects.requireNonNull;

import dev.freshet.refresh.maintain.MaintenancePlan;
import java.util.List;
import java.util.Map;

/**
 * A stream table as compiled at one epoch of its definition.
 *
 * @param relid its table
 * @param view its definition view
 * @param settings those recorded at its creation, under which its query means what its creator
 *     meant
 * @param relations its table, its sources and all views between: everything whose names the plan
 *     uses
 * @param stamp of those names when the plan was made
 * @param shapes of the sources when the plan was made: their definitions' fingerprints
 */
record MaintainedTable(
    long epoch,
    long relid,
    String view,
    Mode mode,
    boolean appendOnly,
    Map<String, String> settings,
    MaintenancePlan plan,
    List<Long> relations,
    String stamp,
    Map<Long, String> shapes) {

  /** What the user has asked for. */
  enum Mode {
    AUTO,
    DIFFERENTIAL,
    FULL
  }

  MaintainedTable {
    requireNonNull(view);
    requireNonNull(mode);
    settings = Map.copyOf(settings);
    requireNonNull(plan);
    relations = List.copyOf(relations);
    requireNonNull(stamp);
    shapes = Map.copyOf(shapes);
  }

  long pgtId() {
    return plan.pgtId();
  }
}
