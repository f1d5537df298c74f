package dev.freshet.catalog.cost;

/**
 * How long a refresh by differences may take beyond what was predicted.
 *
 * @param factor so many times; 0 is for ever
 * @param msMin and never less
 */
public record Patience(double factor, double msMin) {

  /** Whatever is begun is brought to its end. */
  public static final Patience ENDLESS = new Patience(0, 0);

  public Patience {
    if (!(factor >= 0) || !(msMin >= 0)) {
      throw new IllegalArgumentException("no patience: %s times, %s ms".formatted(factor, msMin));
    }
  }
}
