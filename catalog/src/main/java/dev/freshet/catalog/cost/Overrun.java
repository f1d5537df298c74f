package dev.freshet.catalog.cost;

/**
 * A refresh by differences that was given up, since it took far longer than was predicted.
 *
 * @param changes that it was to read
 * @param ms after how long it was given up; it would have taken longer
 */
public record Overrun(long changes, double ms) {

  public Overrun {
    if (changes < 0 || !(ms >= 0)) {
      throw new IllegalArgumentException(
          "not an overrun: %d changes, %s ms".formatted(changes, ms));
    }
  }
}
