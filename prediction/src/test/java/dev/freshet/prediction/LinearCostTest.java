package dev.freshet.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinearCostTest {

  private static final int CASES = 200;
  private static final int SIZE = 3;

  private static double[] features(Random random) {
    return new double[] {3, random.nextDouble() * 100, random.nextDouble() * 1000};
  }

  private static double cost(double[] features, double... shares) {
    double sum = 0;
    for (int i = 0; i < features.length; i++) {
      sum += features[i] * shares[i];
    }
    return sum;
  }

  /**
   * With as much as is known, in closed form: weighted least squares with a prior, each refresh
   * counting λ times the next one.
   */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void isThatOfTheReferenceImplementation(long seed) {
    Random random = new Random(seed);
    LinearCost model = LinearCost.prior(SIZE, 1);
    RealMatrix precision = new Array2DRowRealMatrix(SIZE, SIZE);
    RealVector moment = new ArrayRealVector(SIZE);
    for (int i = 0; i < 60; i++) {
      double[] features = features(random);
      double ms = cost(features, 2, 0.5, 3) * (1 + random.nextGaussian() * 0.05);
      double error = 0.5 * Math.max(ms, model.expected(features));
      RealVector column = new ArrayRealVector(features);
      precision =
          precision
              .scalarMultiply(0.97)
              .add(column.outerProduct(column).scalarMultiply(1 / (error * error)));
      moment = moment.mapMultiply(0.97).add(column.mapMultiply(ms / (error * error)));
      model = model.with(features, ms);
      RealMatrix total =
          precision.add(new Array2DRowRealMatrix(new double[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}));
      RealVector expected =
          new LUDecomposition(total)
              .getSolver()
              .solve(moment.add(new ArrayRealVector(new double[] {1, 1, 1})));
      double[] asked = features(random);
      RealVector asColumn = new ArrayRealVector(asked);
      double variance = asColumn.dotProduct(new LUDecomposition(total).getSolver().solve(asColumn));
      if (expected.getMinValue() >= 0) {
        for (int share = 0; share < SIZE; share++) {
          assertThat(model.share(share)).isCloseTo(expected.getEntry(share), within(1e-6));
        }
      }
      assertThat(model.uncertainty(asked)).isCloseTo(Math.sqrt(variance), within(1e-6));
    }
  }

  /** Nothing near it that is nowhere negative is better. */
  @Test
  void noShareIsNegativeAndNoOthersFitBetter() {
    for (long seed = 0; seed < CASES; seed++) {
      Random random = new Random(seed);
      double[][] root = new double[SIZE][SIZE];
      double[] r = new double[SIZE];
      for (int i = 0; i < SIZE; i++) {
        r[i] = random.nextGaussian() * 10;
        for (int j = 0; j < SIZE; j++) {
          root[i][j] = random.nextGaussian();
        }
      }
      RealMatrix matrix = new Array2DRowRealMatrix(root);
      RealMatrix positive =
          matrix
              .multiply(matrix.transpose())
              .add(
                  new Array2DRowRealMatrix(new double[][] {{0.5, 0, 0}, {0, 0.5, 0}, {0, 0, 0.5}}));
      double[] least = new QuadraticForm(positive.getData(), 0.5).leastNowhereNegative(r);
      double value = value(positive, r, least);
      for (int attempt = 0; attempt < 50; attempt++) {
        double[] other = least.clone();
        for (int i = 0; i < SIZE; i++) {
          assertThat(least[i]).as("seed %d", seed).isNotNegative();
          other[i] = Math.max(0, other[i] + random.nextGaussian() * 0.1);
        }
        assertThat(value(positive, r, other))
            .as("seed %d", seed)
            .isGreaterThanOrEqualTo(value - 1e-9);
      }
    }
  }

  private static double value(RealMatrix matrix, double[] r, double[] x) {
    RealVector vector = new ArrayRealVector(x);
    return matrix.operate(vector).dotProduct(vector) / 2
        - vector.dotProduct(new ArrayRealVector(r));
  }

  @Test
  void isNeverWithoutANumber() {
    double[] values = {0, 1e-300, 1e-3, 1, 1e6, 1e15, 1e30};
    for (long seed = 0; seed < CASES; seed++) {
      Random random = new Random(seed);
      LinearCost model = LinearCost.prior(SIZE, 1);
      for (int i = 0; i < 100; i++) {
        double[] features = new double[SIZE];
        for (int j = 0; j < SIZE; j++) {
          features[j] = values[random.nextInt(values.length)];
        }
        model = model.with(features, values[random.nextInt(values.length)]);
        assertThat(model.expected(features)).as("seed %d", seed).isFinite().isNotNegative();
        assertThat(model.uncertainty(features)).as("seed %d", seed).isFinite().isNotNegative();
      }
    }
  }

  /** Of refreshes that are all alike: what else there is is as unknown as before, and no more. */
  @Test
  void whatIsNeverSeenIsNotForgotten() {
    double[] usual = {3, 1, 0};
    double[] other = {0, 0, 1000};
    LinearCost model = LinearCost.prior(SIZE, 1);
    for (int i = 0; i < 10_000; i++) {
      model = model.with(usual, 8);
    }

    assertThat(model.expected(usual)).isCloseTo(8, within(0.5));
    assertThat(model.expected(other)).isCloseTo(1000, within(1e-6));
    assertThat(model.uncertainty(other)).isCloseTo(1000, within(1e-6));
  }

  @Test
  void aSpikeCountsForLittle() {
    double[] usual = {3, 50, 100};
    LinearCost model = LinearCost.prior(SIZE, 1);
    for (int i = 0; i < 20; i++) {
      model = model.with(usual, 100);
    }
    double spiked = model.with(usual, 10_000).expected(usual);

    assertThat(spiked).isBetween(100.0, 120.0);
  }
}
