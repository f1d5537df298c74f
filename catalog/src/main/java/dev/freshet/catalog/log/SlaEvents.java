package dev.freshet.catalog.log;

import dev.freshet.catalog.event.sla.SlaEvent;
import dev.freshet.catalog.event.sla.TierAssigned;
import java.util.Optional;

/** Events of the objectives of freshness as JSON. */
final class SlaEvents {

  private SlaEvents() {}

  /** Version 1 of the type, if it is one of this family. */
  static Optional<SlaEvent> read(String type, Payload from) {
    return type.equals("TierAssigned") ? Optional.of(assigned(from)) : Optional.empty();
  }

  static Payload write(SlaEvent event) {
    return switch (event) {
      case TierAssigned assigned -> {
        TierAssigned.Figures figures = assigned.figures();
        yield Payload.empty()
            .put("tier_before", assigned.tierBefore())
            .put("tier", assigned.tier())
            .put("freshness_deadline_ms", assigned.deadlineMs())
            .put("measured_ms", figures.measured())
            .put("expected_ms", figures.expected())
            .put("wait_ms", figures.waited())
            .put("duration_ms", figures.took());
      }
    };
  }

  private static TierAssigned assigned(Payload from) {
    return new TierAssigned(
        from.text("tier_before"),
        from.text("tier"),
        from.number("freshness_deadline_ms"),
        new TierAssigned.Figures(
            from.get("measured_ms").doubleValue(),
            from.get("expected_ms").doubleValue(),
            from.get("wait_ms").doubleValue(),
            from.get("duration_ms").doubleValue()));
  }
}
