package dev.freshet.refresh.sql;

import java.util.Optional;

/**
 * The rows of a partition that a window function sees.
 *
 * @param end empty when written without BETWEEN; the frame then ends at the current row
 */
public record Frame(Unit unit, Bound start, Optional<Bound> end, Exclusion exclusion) {
  /** The same frame over what the mapping makes of its bounds. */
  public Frame mapNodes(NodeMapping mapping) {
    return new Frame(
        unit, start.mapNodes(mapping), end.map(bound -> bound.mapNodes(mapping)), exclusion);
  }

  /** What distances are counted in. */
  public enum Unit {
    ROWS,
    RANGE,
    GROUPS
  }

  /** Which rows near the current one are left out. */
  public enum Exclusion {
    NO_OTHERS,
    CURRENT_ROW,
    GROUP,
    TIES
  }

  /** An end of the frame. */
  public sealed interface Bound {
    /** The same bound over what the mapping makes of its distance. */
    default Bound mapNodes(NodeMapping mapping) {
      return this;
    }
  }

  /** The start of the partition. */
  public record UnboundedPreceding() implements Bound {}

  /** A distance before the current row. */
  public record Preceding(Expression distance) implements Bound {
    @Override
    public Preceding mapNodes(NodeMapping mapping) {
      return new Preceding(mapping.expression(distance));
    }
  }

  /** The current row, or its peers. */
  public record CurrentRow() implements Bound {}

  /** A distance after the current row. */
  public record Following(Expression distance) implements Bound {
    @Override
    public Following mapNodes(NodeMapping mapping) {
      return new Following(mapping.expression(distance));
    }
  }

  /** The end of the partition. */
  public record UnboundedFollowing() implements Bound {}
}
