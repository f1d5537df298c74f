package dev.freshet.catalog.cost;

import static java.util.Objects.requireNonNull;

/**
 * A cost that grows more slowly once all there is is read anyway: the lower of two lines.
 *
 * @param steep while each change makes more to be read
 * @param flat when all of it is read
 */
public record BentLine(CostLine steep, CostLine flat) implements CostCurve {

  private static final long DECADE = 10;

  public BentLine {
    requireNonNull(steep);
    requireNonNull(flat);
  }

  @Override
  public double msFor(long changes) {
    return Math.min(steep.msFor(changes), flat.msFor(changes));
  }

  @Override
  public long changesMax() {
    return Math.min(steep.changesMax(), flat.changesMax());
  }

  @Override
  public CostLine lineUpTo(long changes) {
    long least = changes / DECADE;
    if (changes <= least) {
      return steep;
    }
    double slope = (msFor(changes) - msFor(least)) / (changes - least);
    return new CostLine(msFor(least) - slope * least, Math.max(0, slope), changesMax());
  }
}
