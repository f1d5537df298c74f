package dev.freshet.refresh.sql;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** {@code ORDER BY keys LIMIT … OFFSET …}. */
public record Ordering(List<SortKey> keys, Limit limit, Optional<Expression> offset) {
  /** Rows in any order, and all of them. */
  public static final Ordering NONE = new Ordering(List.of(), new Unlimited(), Optional.empty());

  public Ordering {
    keys = List.copyOf(keys);
  }

  /** All rows in the given order. */
  public static Ordering by(List<SortKey> keys) {
    return new Ordering(keys, new Unlimited(), Optional.empty());
  }

  /** Whether rows may be left out. */
  public boolean isLimited() {
    return !(limit instanceof Unlimited) || offset.isPresent();
  }

  /** The count of a LIMIT or an OFFSET, if it is written as a number that is not negative. */
  public static OptionalLong constant(Expression count) {
    Expression value = count;
    while (value instanceof Cast cast) {
      value = cast.operand();
    }
    String digits =
        switch (value) {
          case Literal.Numeric number -> number.text();
          case Literal.Text text -> text.value();
          default -> "";
        };
    return digits.matches("\\d{1,18}")
        ? OptionalLong.of(Long.parseLong(digits))
        : OptionalLong.empty();
  }

  /** The same ordering over what the mapping makes of its expressions. */
  public Ordering mapNodes(NodeMapping mapping) {
    return new Ordering(
        mapping.sortKeys(keys), limit.mapNodes(mapping), mapping.expression(offset));
  }

  /** How many rows there are at most. */
  public sealed interface Limit {
    /** The same limit over what the mapping makes of its expression. */
    default Limit mapNodes(NodeMapping mapping) {
      return this;
    }
  }

  /** No limit. */
  public record Unlimited() implements Limit {}

  /** {@code LIMIT count}; NULL is LIMIT ALL. */
  public record Rows(Expression count) implements Limit {
    @Override
    public Rows mapNodes(NodeMapping mapping) {
      return new Rows(mapping.expression(count));
    }
  }

  /** {@code FETCH FIRST count ROWS WITH TIES}. */
  public record RowsWithTies(Expression count) implements Limit {
    @Override
    public RowsWithTies mapNodes(NodeMapping mapping) {
      return new RowsWithTies(mapping.expression(count));
    }
  }
}
