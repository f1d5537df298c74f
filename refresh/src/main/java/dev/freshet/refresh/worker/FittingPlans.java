package dev.freshet.refresh.worker;

import dev.freshet.catalog.database.Session;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** That the plans with which a refresh began fit what its snapshot shows. */
final class FittingPlans {

  private final Session session;
  private final MaintainedTables plans;

  FittingPlans(Session session, MaintainedTables plans) {
    this.session = session;
    this.plans = plans;
  }

  /**
   * Looks whether they do.
   *
   * @throws StalePlan if plans must be loaded first
   */
  void require(Snapshot snapshot) {
    Set<Long> stale = new HashSet<>();
    List<MemberRow> unsettled = new ArrayList<>();
    for (MemberRow row : snapshot.members().values()) {
      if (snapshot.locked().contains(row.pgtId()) && row.compiled()) {
        boolean fits =
            snapshot
                .known()
                .table(row.pgtId())
                .map(table -> fits(table, row, snapshot))
                .orElse(false);
        if (!fits) {
          stale.add(row.pgtId());
        } else if (!snapshot.known().isSettled(row.pgtId())) {
          unsettled.add(row);
        }
      }
    }
    if (!stale.isEmpty()) {
      throw new StalePlan(stale);
    }
    unsettled.forEach(row -> settle(row, snapshot));
  }

  private void settle(MemberRow row, Snapshot snapshot) {
    MaintainedTable table = snapshot.known().table(row.pgtId()).orElseThrow();
    Settled.of(session, table, row.stamp(), snapshot.sourcesOf(row.pgtId()))
        .ifPresent(found -> {
          plans.settle(found);
          snapshot.known().settled().put(row.pgtId(), found);
        });
  }

  private static boolean fits(MaintainedTable table, MemberRow row, Snapshot snapshot) {
    if (snapshot.known().isSettled(row.pgtId())) {
      return true;
    }
    return table.epoch() == row.epoch()
        && table.stamp().equals(snapshot.known().names().get(row.pgtId()))
        && snapshot.sourcesOf(row.pgtId()).stream()
            .allMatch(source ->
                source
                    .shape()
                    .map(shape -> shape.definition().equals(table.shapes().get(source.relid())))
                    .orElse(true));
  }
}
