package dev.freshet.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.math3.stat.regression.SimpleRegression;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RegressionTest {

  /** How many random histories each property is shown on. */
  private static final int CASES = 300;

  /** Refreshes of random sizes, and what they took. */
  record Points(long seed, List<double[]> points) {

    static Points random(long seed) {
      Random random = new Random(seed);
      double slope = Math.pow(10, random.nextInt(-5, 3));
      double intercept = random.nextDouble() * 20;
      double noise = random.nextBoolean() ? 0 : random.nextDouble() * 10;
      int size = random.nextInt(2, 200);
      long largest = (long) Math.pow(10, random.nextInt(1, 10));
      List<double[]> points = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        double x = (double) random.nextLong(largest);
        double y = Math.max(0, intercept + slope * x + random.nextGaussian() * noise);
        points.add(new double[] {x, y});
      }
      return new Points(seed, points);
    }

    Moments moments() {
      return moments(1, 0, 1, 0);
    }

    Moments moments(double scaleX, double shiftX, double scaleY, double shiftY) {
      return points.stream()
          .map(point -> Moments.of(point[0] * scaleX + shiftX, point[1] * scaleY + shiftY))
          .reduce(Moments.NONE, Moments::plus);
    }

    SimpleRegression reference() {
      SimpleRegression reference = new SimpleRegression();
      points.forEach(point -> reference.addData(point[0], point[1]));
      return reference;
    }

    @Override
    public String toString() {
      return "seed " + seed;
    }
  }

  static Stream<Points> histories() {
    return IntStream.range(0, CASES).mapToObj(Points::random);
  }

  @ParameterizedTest
  @MethodSource("histories")
  void isThatOfTheReferenceImplementation(Points points) {
    SimpleRegression reference = points.reference();

    Regression.of(points.moments())
        .ifPresent(line -> {
          assertThat(line.slope()).isCloseTo(reference.getSlope(), near(reference.getSlope()));
          assertThat(line.intercept())
              .isCloseTo(
                  reference.getIntercept(),
                  near(Math.abs(points.moments().meanY()) + Math.abs(reference.getIntercept())));
          if (reference.getTotalSumSquares() > 0) {
            assertThat(line.rSquared()).isCloseTo(reference.getRSquare(), within(1e-6));
          }
          if (points.points().size() > 2 && line.rSquared() < 0.999_999) {
            assertThat(line.slopeError())
                .isCloseTo(reference.getSlopeStdErr(), near(reference.getSlopeStdErr() * 1e3));
          }
        });
  }

  @ParameterizedTest
  @MethodSource("histories")
  void isNeverWithoutANumber(Points points) {
    Regression.of(points.moments())
        .ifPresent(line -> {
          assertThat(line.slope()).isFinite();
          assertThat(line.intercept()).isFinite();
          assertThat(line.rSquared()).isBetween(0.0, 1.0);
          assertThat(line.slopeError()).isNotNaN();
        });
  }

  @ParameterizedTest
  @MethodSource("histories")
  void slopeIsNotMovedByAShiftAndScalesWithTheUnits(Points points) {
    Regression.of(points.moments())
        .ifPresent(line -> {
          Regression shifted = Regression.of(points.moments(1, 1000, 1, 50)).orElseThrow();
          Regression scaled = Regression.of(points.moments(3, 0, 7, 0)).orElseThrow();
          double size = Math.abs(line.slope()) + 1e-9;
          assertThat(shifted.slope()).isCloseTo(line.slope(), near(size * 10));
          assertThat(scaled.slope()).isCloseTo(line.slope() * 7 / 3, near(size * 10));
          assertThat(scaled.intercept())
              .isCloseTo(line.intercept() * 7, near(points.moments().meanY() * 100 + 1));
        });
  }

  @ParameterizedTest
  @MethodSource("histories")
  void isTheSameInWhateverPartsThePointsCome(Points points) {
    int half = points.points().size() / 2;
    Moments whole = points.moments();
    Moments parts =
        new Points(0, points.points().subList(half, points.points().size()))
            .moments()
            .plus(new Points(0, points.points().subList(0, half)).moments());

    assertThat(parts.count()).isEqualTo(whole.count());
    assertThat(parts.sxx()).isCloseTo(whole.sxx(), near(whole.sxx()));
    assertThat(parts.sxy()).isCloseTo(whole.sxy(), near(Math.sqrt(whole.sxx() * whole.syy())));
    assertThat(parts.syy()).isCloseTo(whole.syy(), near(whole.syy() + 1));
  }

  @Test
  void oneSizeHasNoLine() {
    Moments points =
        Stream.of(3.0, 900.0, 0.1, 77.7)
            .map(ms -> Moments.of(123_456_789, ms))
            .reduce(Moments.NONE, Moments::plus);

    assertThat(Regression.of(points)).isEmpty();
    assertThat(Regression.of(Moments.of(1, 1))).isEmpty();
    assertThat(Regression.of(Moments.NONE)).isEmpty();
  }

  @Test
  void twoPointsHaveALineOfWhichNothingIsKnown() {
    Regression line = Regression.of(Moments.of(1, 10).plus(Moments.of(2, 20))).orElseThrow();

    assertThat(line).isEqualTo(new Regression(10, 0, 1, Double.POSITIVE_INFINITY));
    assertThat(line.isSignificant()).isFalse();
  }

  private static Offset<Double> near(double size) {
    return within(Math.abs(size) * 1e-8 + 1e-9);
  }
}
