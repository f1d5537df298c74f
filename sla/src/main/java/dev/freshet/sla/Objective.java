package dev.freshet.sla;

import static java.util.Objects.requireNonNull;

import dev.freshet.catalog.freshness.Tier;
import java.time.Duration;
import java.util.Optional;

/**
 * How fresh a stream table is to be.
 *
 * @param sla how old its content may be
 * @param period its schedule; empty where firing times say, which no tier changes
 * @param byHand whether somebody has chosen the tier, which is then left alone
 */
record Objective(long pgtId, Duration sla, Optional<Duration> period, Tier tier, boolean byHand) {

  Objective {
    requireNonNull(sla);
    requireNonNull(period);
    requireNonNull(tier);
    if (!sla.isPositive()) {
      throw new IllegalArgumentException("an SLA must be positive: " + sla);
    }
  }

  Objective in(Tier other) {
    return new Objective(pgtId, sla, period, other, byHand);
  }
}
