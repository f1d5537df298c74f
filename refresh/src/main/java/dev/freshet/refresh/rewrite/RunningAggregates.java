package dev.freshet.refresh.rewrite;

import dev.freshet.refresh.algebra.Catalog;
import dev.freshet.refresh.algebra.Column;
import dev.freshet.refresh.algebra.ColumnType;
import dev.freshet.refresh.algebra.Piece;
import dev.freshet.refresh.sql.Distinctness;
import dev.freshet.refresh.sql.Expression;
import dev.freshet.refresh.sql.FunctionCall;
import dev.freshet.refresh.sql.Grouping;
import dev.freshet.refresh.sql.Ordering;
import dev.freshet.refresh.sql.Select;
import dev.freshet.refresh.sql.Sql;
import dev.freshet.refresh.sql.Star;
import dev.freshet.refresh.sql.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Which aggregations can be carried forward, and from what pieces.
 *
 * <p>All or none: where one aggregate of a group must be computed anew, the group is read anyway.
 */
final class RunningAggregates {

  private static final Set<String> EXTREMES = Set.of("min", "max");

  private final Catalog catalog;
  private final Types types;
  private final Aggregation aggregation;
  private final NumericScale scales;

  RunningAggregates(Catalog catalog, Types types, Aggregation aggregation) {
    this.catalog = catalog;
    this.types = types;
    this.aggregation = aggregation;
    this.scales = new NumericScale(aggregation.scope());
  }

  /**
   * One aggregate call over a group.
   *
   * @param argument with FILTER folded in; the row itself for {@code count(*)}
   * @param always whether the argument is never NULL
   * @param scales of a sum or average: how many digits after the point an addend may have
   */
  record Use(
      Expression call,
      String function,
      Expression argument,
      ColumnType type,
      boolean always,
      List<Integer> scales) {}

  /** The pieces of all aggregates; empty where one of them cannot be carried forward. */
  Optional<GroupPieces> pieces() {
    if (!aggregation.aggregates().stream().allMatch(this::isCarried)) {
      return Optional.empty();
    }
    List<FunctionCall> calls =
        aggregation.aggregates().stream().map(FunctionCall.class::cast).toList();
    List<Expression> arguments = calls.stream().map(this::argumentOf).toList();
    List<Column> keyTypes = exactly(typesOf(aggregation.keys()));
    List<Column> argumentTypes = typesOf(arguments);
    if (!keyTypes.stream().allMatch(key -> key.type().isExact())) {
      return Optional.empty();
    }
    List<Use> uses = new ArrayList<>();
    for (int i = 0; i < calls.size(); i++) {
      FunctionCall call = calls.get(i);
      boolean always =
          call.modifiers().filter().isEmpty()
              && (isCountOfRows(call)
                  || Nullability.neverNull(
                      arguments.get(i), aggregation.select(), aggregation.scope(), catalog));
      ColumnType type = argumentTypes.get(i).type();
      if (!isExact(call, arguments.get(i), type)) {
        return Optional.empty();
      }
      List<Integer> digits =
          type.isNumeric() ? List.copyOf(scales.allOf(arguments.get(i))) : List.of();
      uses.add(new Use(call, call.name().getLast(), arguments.get(i), type, always, digits));
    }
    return Optional.of(new GroupPieces(aggregation, named(keyTypes), uses));
  }

  /**
   * The keys that can be grouped by: columns that merely follow from others may be of a type
   * without equality.
   */
  List<Expression> comparableKeys() {
    List<Expression> own = aggregation.select().grouping().expressions();
    List<Expression> keys = aggregation.keys();
    if (keys.size() == own.size()) {
      return keys;
    }
    List<Column> keyTypes = typesOf(keys);
    return IntStream.range(0, keys.size())
        .filter(i -> own.contains(keys.get(i)) || keyTypes.get(i).type().hasEquality())
        .mapToObj(keys::get)
        .toList();
  }

  /** A numeric key whose values all have the same number of digits is recognised by equality. */
  private List<Column> exactly(List<Column> keyTypes) {
    return IntStream.range(0, keyTypes.size())
        .mapToObj(i -> {
          Column key = keyTypes.get(i);
          OptionalInt scale = scales.of(aggregation.keys().get(i));
          return key.type().isNumeric() && scale.isPresent()
              ? new Column(key.name(), ColumnType.numericOfScale(scale.getAsInt()), key.notNull())
              : key;
        })
        .toList();
  }

  private List<Column> named(List<Column> keyTypes) {
    return IntStream.range(0, keyTypes.size())
        .mapToObj(i ->
            new Column(
                "k" + (i + 1),
                keyTypes.get(i).type(),
                Nullability.neverNull(
                    aggregation.keys().get(i), aggregation.select(), aggregation.scope(), catalog)))
        .toList();
  }

  /** By name and form alone; types are asked only if all pass. */
  private boolean isCarried(Expression aggregate) {
    if (!(aggregate instanceof FunctionCall call) || !isBuiltIn(call)) {
      return false;
    }
    boolean plain =
        !call.modifiers().distinct()
            && call.modifiers().orderBy().isEmpty()
            && !call.modifiers().withinGroup()
            && call.arguments().size() == 1;
    return plain
        && switch (call.name().getLast()) {
          case "count", "sum", "avg", "min", "max" -> true;
          default -> false;
        };
  }

  private static boolean isBuiltIn(FunctionCall call) {
    return call.name().size() == 1 || call.name().getFirst().equals("pg_catalog");
  }

  private boolean isExact(FunctionCall call, Expression argument, ColumnType type) {
    String function = call.name().getLast();
    if (function.equals("count")) {
      return true;
    }
    if (EXTREMES.contains(function)) {
      return type.hasEquality() && type.deterministic();
    }
    boolean counted = type.isInteger() || (type.isNumeric() && !scales.allOf(argument).isEmpty());
    return counted || (function.equals("sum") && type.isMoney());
  }

  static boolean isCountOfRows(FunctionCall call) {
    return call.arguments().getFirst() instanceof Star;
  }

  /**
   * {@code f(x) FILTER (WHERE c)} is {@code f(CASE WHEN c THEN x END)} for aggregates that skip
   * NULLs.
   */
  private Expression argumentOf(FunctionCall call) {
    Expression argument = isCountOfRows(call) ? Sql.integer(1) : call.arguments().getFirst();
    List<Expression> filter = call.modifiers().filter();
    return filter.isEmpty() ? argument : Sql.when(Sql.and(filter), argument, Sql.nothing());
  }

  private List<Column> typesOf(List<Expression> expressions) {
    if (expressions.isEmpty()) {
      return List.of();
    }
    List<Target> targets =
        IntStream.range(0, expressions.size())
            .mapToObj(i -> new Target(expressions.get(i), "x" + (i + 1)))
            .toList();
    Select rows =
        aggregation.select().toBuilder()
            .targets(targets)
            .grouping(Grouping.NONE)
            .distinct(new Distinctness.KeepDuplicates())
            .windows(List.of())
            .ordering(Ordering.NONE)
            .build();
    return types.of(rows);
  }

  /** The kind of piece that a use is, avg aside. */
  static Piece.Kind kindOf(Use use) {
    return switch (use.function()) {
      case "min" -> Piece.Kind.MIN;
      case "max" -> Piece.Kind.MAX;
      case "sum" -> Piece.Kind.SUM;
      default -> use.always() ? Piece.Kind.ROWS : Piece.Kind.VALUES;
    };
  }
}
