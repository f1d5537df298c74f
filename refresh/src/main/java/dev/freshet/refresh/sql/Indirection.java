package dev.freshet.refresh.sql;

import java.util.List;
import java.util.Optional;

/**
 * {@code (base).field[1][2:3].*}: what is selected out of a composite or an array.
 *
 * <p>Neighbouring subscripts belong to one node: {@code a[1][2]} reads a two-dimensional array,
 * whereas {@code (a[1])[2]} subscripts an element.
 */
public record Indirection(Expression base, List<Step> steps) implements Expression {
  public Indirection {
    steps = List.copyOf(steps);
    if (steps.isEmpty()) {
      throw new IllegalArgumentException("an indirection selects something");
    }
  }

  @Override
  public Indirection mapNodes(NodeMapping mapping) {
    return new Indirection(
        mapping.expression(base), steps.stream().map(step -> step.mapNodes(mapping)).toList());
  }

  /** One step from a value to a part of it. */
  public sealed interface Step {
    /** The same step over what the mapping makes of its expressions. */
    default Step mapNodes(NodeMapping mapping) {
      return this;
    }
  }

  /** {@code .name}. */
  public record Field(String name) implements Step {}

  /** {@code .*}. */
  public record AllFields() implements Step {}

  /** {@code [index]}. */
  public record Index(Expression index) implements Step {
    @Override
    public Index mapNodes(NodeMapping mapping) {
      return new Index(mapping.expression(index));
    }
  }

  /** {@code [lower:upper]}, each bound optional. */
  public record Slice(Optional<Expression> lower, Optional<Expression> upper) implements Step {
    @Override
    public Slice mapNodes(NodeMapping mapping) {
      return new Slice(mapping.expression(lower), mapping.expression(upper));
    }
  }
}
