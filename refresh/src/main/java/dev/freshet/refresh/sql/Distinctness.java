package dev.freshet.refresh.sql;

import java.util.List;

/** Which of the rows of a SELECT are dropped as duplicates. */
public sealed interface Distinctness {
  /** The same rule over what the mapping makes of its expressions. */
  default Distinctness mapNodes(NodeMapping mapping) {
    return this;
  }

  /** None: a bag. */
  record KeepDuplicates() implements Distinctness {}

  /** {@code DISTINCT}. */
  record DistinctRows() implements Distinctness {}

  /** {@code DISTINCT ON (expressions)}: the first row of each group in the order of the query. */
  record DistinctOn(List<Expression> expressions) implements Distinctness {
    public DistinctOn {
      expressions = List.copyOf(expressions);
    }

    @Override
    public DistinctOn mapNodes(NodeMapping mapping) {
      return new DistinctOn(mapping.expressions(expressions));
    }
  }
}
