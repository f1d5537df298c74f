package dev.freshet.refresh.rewrite;

import dev.freshet.refresh.algebra.Column;
import dev.freshet.refresh.algebra.Scope;
import dev.freshet.refresh.algebra.Scope.Place;
import dev.freshet.refresh.sql.BinaryOperation;
import dev.freshet.refresh.sql.ColumnReference;
import dev.freshet.refresh.sql.Expression;
import dev.freshet.refresh.sql.FromItem;
import dev.freshet.refresh.sql.JoinCondition;
import dev.freshet.refresh.sql.JoinItem;
import dev.freshet.refresh.sql.Literal;
import dev.freshet.refresh.sql.OperatorName;
import dev.freshet.refresh.sql.Query;
import dev.freshet.refresh.sql.Select;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Which columns of a linear SELECT no two of its rows share.
 *
 * <p>The rows of a join are told apart by the keys of all joined relations. A relation adds nothing
 * where one of its keys is equated with columns of the others: an order has one customer. Claimed
 * only for exact types, plain columns and PostgreSQL's own equality.
 */
final class KeyInference {

  private final Scope scope;
  private final Map<Place, Place> parents = new HashMap<>();
  private final Set<Place> constants = new HashSet<>();

  private KeyInference(Scope scope) {
    this.scope = scope;
  }

  /**
   * The places of the key's columns among the targets, counted from 0; empty where no key is shown.
   */
  static Optional<List<Integer>> of(Query query, Scopes scopes) {
    if (!(query instanceof Select select) || !isPlain(select)) {
      return Optional.empty();
    }
    KeyInference inference = new KeyInference(scopes.of(select.from()));
    if (select.from().getFirst() instanceof JoinItem join && join.kind() != JoinItem.Kind.INNER) {
      return inference.keyOfOuter(select, join);
    }
    inference.equate(select);
    return inference.keyOf(select);
  }

  /**
   * Of an outer join the keys of both sides, NULL counting as a value; of a LEFT JOIN that finds
   * one match at most, the key of the left side. What is equated holds for matched rows only, so
   * keys must be shown by their own columns.
   */
  private Optional<List<Integer>> keyOfOuter(Select select, JoinItem join) {
    if (scope.entries().size() != 2) {
      return Optional.empty();
    }
    Scope.Entry left = scope.entries().getFirst();
    Scope.Entry right = scope.entries().getLast();
    Optional<List<Integer>> leftKey = ownKey(select, left);
    Optional<List<Integer>> rightKey = ownKey(select, right);
    if (join.condition() instanceof JoinCondition.On on) {
      on.conjuncts().forEach(this::equate);
    }
    if (join.kind() == JoinItem.Kind.LEFT && determined(List.of(left)).contains(right.alias())) {
      return leftKey;
    }
    if (join.kind() == JoinItem.Kind.RIGHT && determined(List.of(right)).contains(left.alias())) {
      return rightKey;
    }
    if (join.kind() == JoinItem.Kind.FULL) {
      // Unmatched rows of either side may have NULL keys, which then are not told apart.
      return Optional.empty();
    }
    return leftKey.flatMap(first ->
        rightKey.map(second -> Stream.concat(first.stream(), second.stream()).sorted().toList()));
  }

  private Optional<List<Integer>> ownKey(Select select, Scope.Entry entry) {
    return entry.keys().stream().flatMap(key -> shown(select, entry, key).stream()).findFirst();
  }

  private static boolean isPlain(Select select) {
    return select.grouping().elements().isEmpty() && !select.from().isEmpty();
  }

  private void equate(Select select) {
    select.where().forEach(this::equate);
    select.from().forEach(this::equate);
  }

  private void equate(FromItem item) {
    if (item instanceof JoinItem join) {
      equate(join.left());
      equate(join.right());
      if (join.condition() instanceof JoinCondition.On on) {
        on.conjuncts().forEach(this::equate);
      }
    }
  }

  private void equate(Expression conjunct) {
    if (conjunct instanceof BinaryOperation operation
        && operation.operator().equals(OperatorName.EQUAL)
        && operation.left() instanceof ColumnReference left
        && operation.right() instanceof ColumnReference right) {
      Optional<Scope.Found> first = scope.find(left);
      Optional<Scope.Found> second = scope.find(right);
      if (first.isPresent()
          && second.isPresent()
          && comparable(first.get().column(), second.get().column())) {
        union(first.get().place(), second.get().place());
      }
    }
    if (conjunct instanceof BinaryOperation operation
        && operation.operator().equals(OperatorName.EQUAL)
        && operation.left() instanceof ColumnReference column
        && operation.right() instanceof Literal literal) {
      scope
          .find(column)
          .filter(found -> isValueOf(found.column(), literal))
          .ifPresent(found -> constants.add(found.place()));
    }
  }

  private static boolean isValueOf(Column column, Literal literal) {
    return switch (literal) {
      case Literal.Bool _ -> column.type().base().equals("bool");
      case Literal.Numeric _ -> column.type().isInteger();
      case Literal.Text _, Literal.Bits _, Literal.Null _ -> false;
    };
  }

  private static boolean comparable(Column left, Column right) {
    boolean integers = left.type().isInteger() && right.type().isInteger();
    boolean same = left.type().base().equals(right.type().base());
    return left.type().isExact() && right.type().isExact() && (integers || same);
  }

  private Place root(Place place) {
    Place parent = parents.getOrDefault(place, place);
    return parent.equals(place) ? place : root(parent);
  }

  private void union(Place left, Place right) {
    parents.put(root(left), root(right));
  }

  private Optional<List<Integer>> keyOf(Select select) {
    List<Scope.Entry> needed = new ArrayList<>(scope.entries());
    for (Scope.Entry entry : scope.entries()) {
      List<Scope.Entry> others = needed.stream().filter(other -> !other.equals(entry)).toList();
      if (!others.isEmpty() && determined(others).contains(entry.alias())) {
        needed.remove(entry);
      }
    }
    Set<Integer> places = new HashSet<>();
    for (Scope.Entry entry : needed) {
      Optional<List<Integer>> shown =
          entry.keys().stream().flatMap(key -> shown(select, entry, key).stream()).findFirst();
      if (shown.isEmpty()) {
        return Optional.empty();
      }
      places.addAll(shown.get());
    }
    return Optional.of(places.stream().sorted().toList());
  }

  /** The aliases of the relations of which the given ones fix the row. */
  private Set<String> determined(List<Scope.Entry> given) {
    Set<String> fixed = new HashSet<>();
    given.forEach(entry -> fixed.add(entry.alias()));
    boolean grew = true;
    while (grew) {
      grew = false;
      for (Scope.Entry entry : scope.entries()) {
        if (!fixed.contains(entry.alias())
            && entry.keys().stream().anyMatch(key -> fixedBy(entry, key, fixed))) {
          grew = fixed.add(entry.alias());
        }
      }
    }
    return fixed;
  }

  private boolean fixedBy(Scope.Entry entry, List<String> key, Set<String> fixed) {
    return key.stream()
        .allMatch(column -> {
          Place root = root(new Place(entry.alias(), column));
          if (constants.stream().anyMatch(place -> root(place).equals(root))) {
            return true;
          }
          return scope.entries().stream()
              .filter(other -> fixed.contains(other.alias()))
              .flatMap(
                  other -> other.columns().stream().map(c -> new Place(other.alias(), c.name())))
              .anyMatch(place -> root(place).equals(root));
        });
  }

  /** Where the targets show the columns of a key, or columns equal to them. */
  private Optional<List<Integer>> shown(Select select, Scope.Entry entry, List<String> key) {
    List<Integer> places = new ArrayList<>();
    for (String column : key) {
      Place root = root(new Place(entry.alias(), column));
      IntStream.range(0, select.targets().size())
          .filter(i -> shows(select.targets().get(i).expression(), root))
          .findFirst()
          .ifPresent(places::add);
    }
    return places.size() == key.size() ? Optional.of(places) : Optional.empty();
  }

  private boolean shows(Expression target, Place root) {
    return target instanceof ColumnReference reference
        && scope.find(reference).map(found -> root(found.place()).equals(root)).orElse(false);
  }
}
