package dev.freshet.catalog.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.catalog.cost.CostForecast.Verdict;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of 3 ms, and a tenth of one a change up to a thousand changes, a hundredth beyond. */
class CostForecastTest {

  private static final long ALL = Long.MAX_VALUE;
  private static final BentLine BENT =
      new BentLine(new CostLine(3, 0.1, ALL), new CostLine(93, 0.01, ALL));

  private static CostForecast beyond(CostCurve curve, long changes) {
    return new CostForecast(
        Optional.of(curve),
        OptionalDouble.of(50),
        OptionalLong.of(changes),
        1.5,
        Optional.empty(),
        Patience.ENDLESS);
  }

  @Test
  void aBentLineIsTheLowerOfBoth() {
    assertThat(BENT.msFor(0)).isEqualTo(3);
    assertThat(BENT.msFor(1000)).isEqualTo(103);
    assertThat(BENT.msFor(11_000)).isCloseTo(203, within(1e-9));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 9, 10, 500, 1000, 3000, 1_000_000})
  void theLineThatStandsForItIsTheSameThereAndClose(long changes) {
    CostLine line = BENT.lineUpTo(changes);

    assertThat(line.msFor(changes)).isCloseTo(BENT.msFor(changes), within(1e-6));
    for (long fewer = changes / 10; fewer <= changes; fewer += 1 + changes / 50) {
      assertThat(line.msFor(fewer)).isLessThanOrEqualTo(BENT.msFor(fewer) + 1e-6);
      assertThat(line.msFor(fewer)).isGreaterThan(0.5 * BENT.msFor(fewer));
    }
  }

  @Test
  void whereFullIsCheaperIsSaidByTheNumberOfChangesIfThatIsKnown() {
    CostForecast forecast = beyond(BENT, 700);

    assertThat(forecast.verdict(700)).isEqualTo(Verdict.DIFFERENTIAL);
    assertThat(forecast.verdict(701)).isEqualTo(Verdict.FULL);
    assertThat(beyond(BENT, ALL).verdict(ALL)).isEqualTo(Verdict.DIFFERENTIAL);
    assertThat(beyond(BENT, 0).verdict(1)).isEqualTo(Verdict.FULL);
  }

  /** Who has the line alone comes to the same. */
  @ParameterizedTest
  @ValueSource(longs = {0, 5, 99, 700, 999, 1000, 5000})
  void theLimitOfALineIsWhereFullBegins(long beyond) {
    for (CostCurve curve : new CostCurve[] {BENT, new CostLine(7, 0, ALL)}) {
      CostForecast forecast = beyond(curve, beyond);
      CostLine line = curve.lineUpTo(1000);
      double limit = forecast.limitMs(line, 1000).orElse(Double.POSITIVE_INFINITY);
      for (long changes = 100; changes <= 1000; changes++) {
        boolean looksAgain = line.msFor(changes) > limit;
        // Where all cost the same, all are looked at again.
        assertThat(looksAgain || forecast.verdict(changes) == Verdict.DIFFERENTIAL).isTrue();
        if (line.slopeMs() > 0) {
          assertThat(looksAgain).isEqualTo(forecast.verdict(changes) == Verdict.FULL);
        }
      }
    }
  }

  @Test
  void anOverrunCountsUntilItIsForgotten() {
    CostForecast forecast =
        new CostForecast(
            Optional.of(BENT),
            OptionalDouble.of(50),
            OptionalLong.of(ALL),
            1.5,
            Optional.of(new Overrun(300, 900)),
            new Patience(5, 1000));

    assertThat(forecast.verdict(299)).isEqualTo(Verdict.DIFFERENTIAL);
    assertThat(forecast.verdict(300)).isEqualTo(Verdict.FULL);
  }
}
