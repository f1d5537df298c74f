package dev.freshet.refresh.maintain;

import dev.freshet.refresh.sql.Select;
import dev.freshet.refresh.sql.Sql;
import java.util.List;
import java.util.Map;

/** Plans without stages, for deciders that only ask what a plan is like. */
public final class EmptyPlan {

  private EmptyPlan() {}

  public static MaintenancePlan of(Maintainability maintainability, boolean changesByItself) {
    return new MaintenancePlan(
        1,
        List.of(),
        List.of(),
        Map.of(),
        Select.builder().target(Sql.integer(1)).build(),
        new PlanTraits(maintainability, changesByItself, false, false));
  }
}
