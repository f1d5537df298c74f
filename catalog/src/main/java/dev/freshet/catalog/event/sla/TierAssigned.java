package dev.freshet.catalog.event.sla;

import static java.util.Objects.requireNonNull;

/**
 * A stream table goes to another tier.
 *
 * @param deadlineMs how old its content may be
 * @param figures by which it was decided
 */
public record TierAssigned(String tierBefore, String tier, long deadlineMs, Figures figures)
    implements SlaEvent {

  /**
   * In milliseconds.
   *
   * @param measured how old the content became in the last cycle
   * @param expected how old it is to become in the new tier
   * @param waited what 95 % of the last cycles did not wait longer than
   * @param took what 95 % of them did not take longer than
   */
  public record Figures(double measured, double expected, double waited, double took) {}

  public TierAssigned {
    requireNonNull(tierBefore);
    requireNonNull(tier);
    requireNonNull(figures);
  }
}
