package dev.freshet.refresh.sql;

import java.util.List;

/** Which pairs of rows a join makes. */
public sealed interface JoinCondition {
  /** The same condition over what the mapping makes of its expressions. */
  default JoinCondition mapNodes(NodeMapping mapping) {
    return this;
  }

  /** All pairs: CROSS JOIN. */
  record None() implements JoinCondition {}

  /** NATURAL: equal in all columns of the same name. */
  record Natural() implements JoinCondition {}

  /** {@code USING (columns) AS alias}; an empty alias is none. */
  record Using(List<String> columns, String alias) implements JoinCondition {
    public Using {
      columns = List.copyOf(columns);
    }
  }

  /** {@code ON conjuncts}. */
  record On(List<Expression> conjuncts) implements JoinCondition {
    public On {
      conjuncts = List.copyOf(conjuncts);
      if (conjuncts.isEmpty()) {
        throw new IllegalArgumentException("ON needs a condition");
      }
    }

    @Override
    public On mapNodes(NodeMapping mapping) {
      return new On(mapping.expressions(conjuncts));
    }
  }
}
