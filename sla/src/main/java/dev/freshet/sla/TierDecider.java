package dev.freshet.sla;

import dev.freshet.catalog.freshness.Tier;
import java.util.Optional;

/**
 * Which tier holds an objective. Pure.
 *
 * <p>One step at a time, and only after several cycles that agree: hotter when each took longer
 * than the objective; colder when each took less than half of it, and what is predicted for the
 * colder tier is within it as well. Between the two nothing changes.
 */
final class TierDecider {

  private TierDecider() {}

  static Verdict decide(Objective objective, Freshness freshness) {
    if (freshness.exceeded() >= Freshness.CYCLES) {
      Optional<Tier> hotter = hotter(objective.tier());
      return objective.byHand() || objective.period().isEmpty() || hotter.isEmpty()
          ? new Verdict.Breach()
          : new Verdict.Assign(hotter.get());
    }
    if (freshness.spare() >= Math.max(Freshness.CYCLES, freshness.patience())
        && !objective.byHand()) {
      Optional<Tier> colder =
          colder(objective.tier())
              .filter(tier -> gapMs(objective.in(tier), freshness) <= objective.sla().toMillis());
      if (objective.period().isPresent() && colder.isPresent()) {
        return new Verdict.Assign(colder.get());
      }
    }
    return new Verdict.Keep();
  }

  /** How old the content gets: the schedule, stretched, then the wait, then the refresh. */
  static double gapMs(Objective objective, Freshness freshness) {
    return objective
            .period()
            .map(period -> (double) period.toMillis() * objective.tier().multiplier())
            .orElse(0.0)
        + freshness.waits().p95()
        + freshness.durations().p95();
  }

  static Optional<Tier> hotter(Tier tier) {
    return switch (tier) {
      case HOT, FROZEN -> Optional.empty();
      case WARM -> Optional.of(Tier.HOT);
      case COLD -> Optional.of(Tier.WARM);
    };
  }

  static Optional<Tier> colder(Tier tier) {
    return switch (tier) {
      case HOT -> Optional.of(Tier.WARM);
      case WARM -> Optional.of(Tier.COLD);
      case COLD, FROZEN -> Optional.empty();
    };
  }
}
