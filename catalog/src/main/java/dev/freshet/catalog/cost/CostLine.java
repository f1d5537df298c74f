package dev.freshet.catalog.cost;

/**
 * The cost of a refresh by differences: {@code interceptMs + slopeMs · n} for n changes.
 *
 * @param changesMax up to how many changes that is knowledge; beyond it would be a guess
 */
public record CostLine(double interceptMs, double slopeMs, long changesMax) implements CostCurve {

  public CostLine {
    if (!Double.isFinite(interceptMs) || !Double.isFinite(slopeMs) || slopeMs < 0) {
      throw new IllegalArgumentException(
          "not a line of costs: %s + %s n".formatted(interceptMs, slopeMs));
    }
  }

  @Override
  public double msFor(long changes) {
    return Math.max(0, interceptMs + slopeMs * changes);
  }

  @Override
  public CostLine lineUpTo(long changes) {
    return this;
  }
}
