package dev.freshet.catalog.freshness;

import java.util.Locale;

/** How much a stream table's schedule is stretched. */
public enum Tier {
  HOT(1),
  WARM(2),
  COLD(10),
  /** Refreshed only when somebody asks. */
  FROZEN(0);

  private final int multiplier;

  Tier(int multiplier) {
    this.multiplier = multiplier;
  }

  public int multiplier() {
    return multiplier;
  }

  /** The tier as the catalog writes it. */
  public static Tier of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }

  /** The word by which the catalog writes it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
