package dev.freshet.refresh.sql;

import java.util.List;

/** What an INSERT does with a row whose key exists. */
public sealed interface OnConflict {
  /** The same clause over what the mapping makes of its expressions. */
  default OnConflict mapNodes(NodeMapping mapping) {
    return this;
  }

  /** An error. */
  record Fail() implements OnConflict {}

  /** {@code ON CONFLICT key DO NOTHING}. */
  record DoNothing(Key key) implements OnConflict {
    @Override
    public DoNothing mapNodes(NodeMapping mapping) {
      return new DoNothing(key.mapNodes(mapping));
    }
  }

  /** {@code ON CONFLICT key DO UPDATE SET assignments WHERE conjuncts}. */
  record DoUpdate(Key key, List<Assignment> assignments, List<Expression> where)
      implements OnConflict {
    public DoUpdate {
      assignments = List.copyOf(assignments);
      where = List.copyOf(where);
    }

    @Override
    public DoUpdate mapNodes(NodeMapping mapping) {
      return new DoUpdate(
          key.mapNodes(mapping), mapping.assignments(assignments), mapping.expressions(where));
    }
  }

  /** The unique index meant, by its expressions and predicate; without expressions any of them. */
  record Key(List<Expression> expressions, List<Expression> where) {
    public Key {
      expressions = List.copyOf(expressions);
      where = List.copyOf(where);
    }

    /** The same key over what the mapping makes of its expressions. */
    public Key mapNodes(NodeMapping mapping) {
      return new Key(mapping.expressions(expressions), mapping.expressions(where));
    }
  }
}
