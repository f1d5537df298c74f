package dev.freshet.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Stream tables of a hundred thousand rows, made of a million. */
class TwoArmsTest {

  private static final double FIRST_MS = 1000;
  private static final int CASES = 100;
  private static final long[] CHANGES = {0, 1, 10, 1000, 100_000, 10_000_000, Long.MAX_VALUE};

  private static Extent extent(DeltaWork work) {
    return new Extent(work, 1e6, 1e5);
  }

  private static TwoArms fresh(DeltaWork work) {
    return TwoArms.after(FIRST_MS, extent(work));
  }

  @ParameterizedTest
  @EnumSource(DeltaWork.class)
  void beforeAnythingWasMeasuredFewChangesAreDifferencesAndFullIsWhatItWas(DeltaWork work) {
    TwoArms arms = fresh(work);

    assertThat(arms.fullMs(extent(work))).isCloseTo(FIRST_MS, within(1e-6));
    assertThat(arms.fullBeyond(extent(work))).isGreaterThan(1000);
    assertThat(arms.differentialMs(extent(work), 0)).isCloseTo(3, within(1e-6));
  }

  @ParameterizedTest
  @EnumSource(DeltaWork.class)
  void fullGrowsWithItsSources(DeltaWork work) {
    assertThat(fresh(work).fullMs(new Extent(work, 2e6, 2e5))).isCloseTo(2 * FIRST_MS, within(5.0));
  }

  @ParameterizedTest
  @EnumSource(DeltaWork.class)
  void differencesThatCostMoreThanTheWholeAreLeftWhereTheyDo(DeltaWork work) {
    Extent extent = extent(work);
    TwoArms arms = fresh(work);
    for (int i = 0; i < 40; i++) {
      long changes = 5000 + 2500L * (i % 20);
      arms = arms.withDifferential(extent, changes, 5 + 0.02 * changes).withFull(extent, 500);
    }

    assertThat(arms.fullMs(extent)).isCloseTo(500, within(50.0));
    assertThat(arms.differentialMs(extent, 25_000)).isCloseTo(505, within(100.0));
    assertThat(arms.fullBeyond(extent)).isBetween(18_000L, 40_000L);
  }

  @ParameterizedTest
  @EnumSource(DeltaWork.class)
  void anOverrunIsLearnedFromAndNeverMakesDifferencesCheaper(DeltaWork work) {
    Extent extent = extent(work);
    TwoArms arms = fresh(work);
    for (int i = 0; i < 10; i++) {
      double before = arms.differentialMs(extent, 50_000);
      assertThat(arms.withOverrun(extent, 50_000, 1).differentialMs(extent, 50_000))
          .isGreaterThanOrEqualTo(0.95 * before);
      arms = arms.withOverrun(extent, 50_000, 2000);
    }

    assertThat(arms.differentialMs(extent, 50_000)).isGreaterThan(1200);
    assertThat(arms.fullBeyond(extent)).isLessThan(50_000);
  }

  @ParameterizedTest
  @EnumSource(DeltaWork.class)
  void isNeverWithoutANumberAndMoreChangesNeverCostLess(DeltaWork work) {
    for (long seed = 0; seed < CASES; seed++) {
      Random random = new Random(seed);
      TwoArms arms = TwoArms.after(amount(random), extent(work, random));
      for (int i = 0; i < 50; i++) {
        Extent extent = extent(work, random);
        arms =
            random.nextBoolean()
                ? arms.withDifferential(extent, (long) amount(random), amount(random))
                : arms.withFull(extent, amount(random));
        assertThat(arms.fullMs(extent)).as("seed %d", seed).isFinite().isNotNegative();
        assertThat(arms.fullBeyond(extent)).as("seed %d", seed).isNotNegative();
        double before = 0;
        for (long changes : CHANGES) {
          double ms = arms.curve(extent, 1).msFor(changes);
          assertThat(ms).as("seed %d", seed).isFinite().isGreaterThanOrEqualTo(before);
          assertThat(ms)
              .as("seed %d", seed)
              .isCloseTo(arms.differentialMs(extent, changes), within(1e-9 * ms + 1e-9));
          assertThat(arms.uncertainty(extent, changes)).as("seed %d", seed).isNotNaN();
          before = ms;
        }
      }
    }
  }

  private static Extent extent(DeltaWork work, Random random) {
    return new Extent(work, amount(random), amount(random));
  }

  private static double amount(Random random) {
    return random.nextInt(10) == 0 ? 0 : Math.pow(10, random.nextDouble() * 14 - 2);
  }

  /** Rows ten times as many that take a tenth of the time each are the same. */
  @ParameterizedTest
  @EnumSource(DeltaWork.class)
  void theUnitOfRowsDoesNotMatter(DeltaWork work) {
    for (long seed = 0; seed < CASES; seed++) {
      Random random = new Random(seed);
      TwoArms arms = fresh(work);
      TwoArms tenfold = TwoArms.after(FIRST_MS, new Extent(work, 1e7, 1e6));
      for (int i = 0; i < 30; i++) {
        double rows = 1e6 * (1 + random.nextDouble());
        long changes = random.nextLong(100_000);
        double ms = random.nextDouble() * 500;
        Extent small = new Extent(work, rows, rows / 10);
        Extent large = new Extent(work, rows * 10, rows);
        boolean full = random.nextBoolean();
        arms = full ? arms.withFull(small, ms) : arms.withDifferential(small, changes, ms);
        tenfold =
            full ? tenfold.withFull(large, ms) : tenfold.withDifferential(large, changes * 10, ms);
        assertThat(tenfold.fullMs(large)).isCloseTo(arms.fullMs(small), within(1e-6));
        assertThat(tenfold.differentialMs(large, 50_000))
            .as("seed %d", seed)
            .isCloseTo(arms.differentialMs(small, 5000), within(1e-6));
      }
    }
  }
}
