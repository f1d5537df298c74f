package dev.freshet.prediction;

/**
 * {@code xᵀMx} of a few variables, for a symmetric M whose eigenvalues are at least a known
 * positive number.
 *
 * <p>Rounding may hide that, so in M = LLᵀ no pivot is taken to be smaller than it must be, and
 * nothing is ever divided by zero.
 */
final class QuadraticForm {

  private final double[][] matrix;
  private final double eigenvalueMin;

  QuadraticForm(double[][] matrix, double eigenvalueMin) {
    this.matrix = matrix;
    this.eigenvalueMin = eigenvalueMin;
  }

  /**
   * The x that is nowhere negative and has the least {@code ½xᵀMx − rᵀx}.
   *
   * <p>Those of its variables that are not zero are at the unbound least point of these alone. So
   * it is, of all subsets of the variables whose unbound least point is nowhere negative, that with
   * the least value: 2ⁿ small systems.
   */
  double[] leastNowhereNegative(double[] r) {
    double[] best = new double[r.length];
    double least = 0;
    for (int free = 1; free < 1 << r.length; free++) {
      double[] candidate = leastOf(free, r);
      // There the value is half of −rᵀx.
      double value = -product(r, candidate) / 2;
      if (value < least && isNowhereNegative(candidate)) {
        best = candidate;
        least = value;
      }
    }
    return best;
  }

  /** {@code xᵀM⁻¹x}. */
  double inverseOf(double[] x) {
    double[] z = forward(triangle(matrix), x);
    return product(z, z);
  }

  /** The least point with the other variables zero. */
  private double[] leastOf(int free, double[] r) {
    int[] variables = new int[Integer.bitCount(free)];
    int count = 0;
    for (int i = 0; i < r.length; i++) {
      if ((free >> i & 1) == 1) {
        variables[count++] = i;
      }
    }
    double[][] part = new double[count][count];
    double[] rightSide = new double[count];
    for (int i = 0; i < count; i++) {
      rightSide[i] = r[variables[i]];
      for (int j = 0; j < count; j++) {
        part[i][j] = matrix[variables[i]][variables[j]];
      }
    }
    double[][] triangle = triangle(part);
    double[] solved = backward(triangle, forward(triangle, rightSide));
    double[] point = new double[r.length];
    for (int i = 0; i < count; i++) {
      point[variables[i]] = solved[i];
    }
    return point;
  }

  /** L of {@code LLᵀ}. */
  private double[][] triangle(double[][] symmetric) {
    int size = symmetric.length;
    double[][] triangle = new double[size][size];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j <= i; j++) {
        double rest = symmetric[i][j];
        for (int k = 0; k < j; k++) {
          rest -= triangle[i][k] * triangle[j][k];
        }
        triangle[i][j] = i == j ? Math.sqrt(Math.max(eigenvalueMin, rest)) : rest / triangle[j][j];
      }
    }
    return triangle;
  }

  /** {@code L⁻¹x}. */
  private static double[] forward(double[][] triangle, double[] x) {
    double[] z = x.clone();
    for (int i = 0; i < z.length; i++) {
      for (int k = 0; k < i; k++) {
        z[i] -= triangle[i][k] * z[k];
      }
      z[i] /= triangle[i][i];
    }
    return z;
  }

  /** {@code L⁻ᵀz}. */
  private static double[] backward(double[][] triangle, double[] z) {
    double[] x = z.clone();
    for (int i = x.length - 1; i >= 0; i--) {
      for (int k = i + 1; k < x.length; k++) {
        x[i] -= triangle[k][i] * x[k];
      }
      x[i] /= triangle[i][i];
    }
    return x;
  }

  private static double product(double[] x, double[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += x[i] * y[i];
    }
    return sum;
  }

  private static boolean isNowhereNegative(double[] x) {
    for (double value : x) {
      if (!(value >= 0)) {
        return false;
      }
    }
    return true;
  }
}
