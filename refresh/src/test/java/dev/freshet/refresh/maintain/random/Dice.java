package dev.freshet.refresh.maintain.random;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Chance that a seed determines. */
final class Dice {

  private final RandomGenerator generator;

  Dice(long seed) {
    this.generator = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  /** True in so many of a hundred cases. */
  boolean chance(int percent) {
    return generator.nextInt(100) < percent;
  }

  /** A number from both bounds and between. */
  int between(int least, int greatest) {
    return least + generator.nextInt(greatest - least + 1);
  }

  <T> T oneOf(List<T> choices) {
    return choices.get(generator.nextInt(choices.size()));
  }

  String oneOf(String... choices) {
    return choices[generator.nextInt(choices.length)];
  }
}
