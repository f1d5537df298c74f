package dev.freshet.refresh.sql;

import java.util.List;

/**
 * {@code GROUP BY elements HAVING conjuncts}.
 *
 * @param elements empty when there is no GROUP BY
 * @param distinct whether equal grouping sets count once ({@code GROUP BY DISTINCT})
 * @param having empty when there is no HAVING
 */
public record Grouping(List<Element> elements, boolean distinct, List<Expression> having) {
  /** Neither GROUP BY nor HAVING. */
  public static final Grouping NONE = new Grouping(List.of(), false, List.of());

  public Grouping {
    elements = List.copyOf(elements);
    having = List.copyOf(having);
  }

  /** {@code GROUP BY expressions}. */
  public static Grouping by(List<? extends Expression> expressions) {
    return new Grouping(
        expressions.stream().<Element>map(key -> new Columns(List.of(key))).toList(),
        false,
        List.of());
  }

  /** The same groups, only those for which the conjuncts hold. */
  public Grouping having(List<Expression> conjuncts) {
    return new Grouping(elements, distinct, conjuncts);
  }

  /** Whether there is one grouping set: no ROLLUP, CUBE, GROUPING SETS. */
  public boolean isPlain() {
    return elements.stream().allMatch(Columns.class::isInstance);
  }

  /** The expressions of all elements, in the order in which they are written. */
  public List<Expression> expressions() {
    return elements.stream().flatMap(element -> element.expressions().stream()).toList();
  }

  /** The same grouping over what the mapping makes of its expressions. */
  public Grouping mapNodes(NodeMapping mapping) {
    return new Grouping(map(elements, mapping), distinct, mapping.expressions(having));
  }

  private static List<Element> map(List<Element> elements, NodeMapping mapping) {
    return elements.stream().map(element -> element.mapNodes(mapping)).toList();
  }

  private static List<Expression> expressionsOf(List<Element> elements) {
    return elements.stream().flatMap(element -> element.expressions().stream()).toList();
  }

  /** One element of a GROUP BY clause, which may hold others. */
  public sealed interface Element {
    /** All expressions inside. */
    List<Expression> expressions();

    /** The same element over what the mapping makes of its expressions. */
    Element mapNodes(NodeMapping mapping);
  }

  /** One grouping set: {@code a}, {@code (a, b)}, or the empty one, {@code ()}. */
  public record Columns(List<Expression> expressions) implements Element {
    public Columns {
      expressions = List.copyOf(expressions);
    }

    @Override
    public Columns mapNodes(NodeMapping mapping) {
      return new Columns(mapping.expressions(expressions));
    }
  }

  /** {@code ROLLUP (elements)}. */
  public record Rollup(List<Element> elements) implements Element {
    public Rollup {
      elements = List.copyOf(elements);
    }

    @Override
    public List<Expression> expressions() {
      return expressionsOf(elements);
    }

    @Override
    public Rollup mapNodes(NodeMapping mapping) {
      return new Rollup(map(elements, mapping));
    }
  }

  /** {@code CUBE (elements)}. */
  public record Cube(List<Element> elements) implements Element {
    public Cube {
      elements = List.copyOf(elements);
    }

    @Override
    public List<Expression> expressions() {
      return expressionsOf(elements);
    }

    @Override
    public Cube mapNodes(NodeMapping mapping) {
      return new Cube(map(elements, mapping));
    }
  }

  /** {@code GROUPING SETS (elements)}. */
  public record Sets(List<Element> elements) implements Element {
    public Sets {
      elements = List.copyOf(elements);
    }

    @Override
    public List<Expression> expressions() {
      return expressionsOf(elements);
    }

    @Override
    public Sets mapNodes(NodeMapping mapping) {
      return new Sets(map(elements, mapping));
    }
  }
}
