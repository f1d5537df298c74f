package dev.freshet.refresh.rewrite;

import static java.util.Objects.requireNonNull;

import dev.freshet.refresh.algebra.Column;
import dev.freshet.refresh.algebra.ColumnType;
import dev.freshet.refresh.algebra.Piece;
import dev.freshet.refresh.algebra.Piece.Kind;
import dev.freshet.refresh.algebra.Shape;
import dev.freshet.refresh.rewrite.RunningAggregates.Use;
import dev.freshet.refresh.sql.Distinctness;
import dev.freshet.refresh.sql.Expression;
import dev.freshet.refresh.sql.Grouping;
import dev.freshet.refresh.sql.Ordering;
import dev.freshet.refresh.sql.Select;
import dev.freshet.refresh.sql.Sql;
import dev.freshet.refresh.sql.Target;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The running pieces from which the aggregates of a group follow: the count of its rows, counts of
 * values, sums, extremes. An average is a sum and a count.
 */
final class GroupPieces {

  private final Aggregation aggregation;
  private final List<Column> keys;
  private final List<Use> uses;
  private final List<Expression> arguments;
  private final List<Part> parts;

  /** A piece by what it computes; the argument of the count of rows is empty. */
  private record Part(Kind kind, Optional<Expression> argument) {}

  GroupPieces(Aggregation aggregation, List<Column> keys, List<Use> uses) {
    this.aggregation = aggregation;
    this.keys = List.copyOf(keys);
    this.uses = List.copyOf(uses);
    Set<Part> needed = new LinkedHashSet<>();
    needed.add(new Part(Kind.ROWS, Optional.empty()));
    uses.forEach(use -> needed.addAll(partsOf(use)));
    this.parts = List.copyOf(needed);
    this.arguments = parts.stream().flatMap(part -> part.argument().stream()).distinct().toList();
  }

  private List<Part> partsOf(Use use) {
    return switch (use.function()) {
      case "count" -> List.of(countOf(use));
      case "sum", "avg" -> {
        List<Part> sum = new ArrayList<>();
        sum.add(new Part(Kind.SUM, Optional.of(use.argument())));
        sum.add(countOf(use));
        use.scales().stream().skip(1).forEach(scale -> sum.add(countOf(use, scale)));
        yield sum;
      }
      default -> List.of(new Part(RunningAggregates.kindOf(use), Optional.of(use.argument())));
    };
  }

  private static Part countOf(Use use) {
    return use.always()
        ? new Part(Kind.ROWS, Optional.empty())
        : new Part(Kind.VALUES, Optional.of(use.argument()));
  }

  /** How many of a sum's addends have so many digits after the point. */
  private static Part countOf(Use use, int scale) {
    Expression digits = Sql.call("scale", use.argument());
    return new Part(
        Kind.VALUES,
        Optional.of(
            Sql.when(Sql.equal(digits, Sql.integer(scale)), Sql.integer(1), Sql.nothing())));
  }

  /** The grouped rows: keys, then arguments. */
  private Select input() {
    List<Target> targets = new ArrayList<>();
    IntStream.range(0, keys.size())
        .forEach(i -> targets.add(new Target(aggregation.keys().get(i), "k" + (i + 1))));
    IntStream.range(0, arguments.size())
        .forEach(i -> targets.add(new Target(arguments.get(i), argumentName(i))));
    return aggregation.select().toBuilder()
        .targets(targets)
        .grouping(Grouping.NONE)
        .distinct(new Distinctness.KeepDuplicates())
        .windows(List.of())
        .ordering(Ordering.NONE)
        .build();
  }

  private static String argumentName(int place) {
    return "x" + (place + 1);
  }

  /** The query of an inner stage: keys, then pieces as p1, p2, …. */
  Select query() {
    List<Target> targets = new ArrayList<>();
    IntStream.range(0, keys.size())
        .forEach(i -> targets.add(new Target(aggregation.keys().get(i), keys.get(i).name())));
    IntStream.range(0, parts.size())
        .forEach(i -> targets.add(new Target(callOf(parts.get(i)), pieceName(i))));
    return aggregation.select().toBuilder()
        .targets(targets)
        .grouping(Grouping.by(aggregation.keys()))
        .distinct(new Distinctness.KeepDuplicates())
        .windows(List.of())
        .ordering(Ordering.NONE)
        .build();
  }

  private static String pieceName(int place) {
    return "p" + (place + 1);
  }

  private static Expression callOf(Part part) {
    return switch (part.kind()) {
      case ROWS -> Sql.countAll();
      case VALUES -> Sql.call("count", part.argument().orElseThrow());
      case SUM -> Sql.call("sum", part.argument().orElseThrow());
      case MIN -> Sql.call("min", part.argument().orElseThrow());
      case MAX -> Sql.call("max", part.argument().orElseThrow());
    };
  }

  /** The shape of the inner stage, whose columns are those of {@link #query}. */
  Shape.RunningGroups shape(List<Column> columns) {
    Map<Part, String> names = new HashMap<>();
    IntStream.range(0, parts.size()).forEach(i -> names.put(parts.get(i), pieceName(i)));
    return shape(keys, names, columns);
  }

  private Shape.RunningGroups shape(
      List<Column> keyColumns, Map<Part, String> names, List<Column> columns) {
    List<Piece> pieces = new ArrayList<>();
    for (Part part : parts) {
      pieces.add(piece(part, names, columns));
    }
    return new Shape.RunningGroups(input(), keyColumns, pieces, aggregation.isGlobal());
  }

  private Piece piece(Part part, Map<Part, String> names, List<Column> columns) {
    String column = nameOf(part, names);
    ColumnType type =
        columns.stream().filter(c -> c.name().equals(column)).findFirst().orElseThrow().type();
    String argument = part.argument().map(x -> argumentName(arguments.indexOf(x))).orElse("");
    Optional<String> countedBy =
        part.kind() == Kind.SUM ? countOfSum(part, names) : Optional.empty();
    return new Piece(part.kind(), column, argument, argumentType(part, type), countedBy);
  }

  private static <T> String nameOf(T shown, Map<T, String> names) {
    return requireNonNull(names.get(shown), () -> "no column for " + shown);
  }

  private ColumnType argumentType(Part part, ColumnType otherwise) {
    return uses.stream()
        .filter(use -> part.argument().equals(Optional.of(use.argument())))
        .map(Use::type)
        .findFirst()
        .orElse(otherwise);
  }

  /**
   * A group that is there has rows; so only a nullable argument, or a group without rows, leaves
   * nothing to add.
   */
  private Optional<String> countOfSum(Part sum, Map<Part, String> names) {
    boolean always =
        uses.stream()
            .filter(use -> sum.argument().equals(Optional.of(use.argument())))
            .anyMatch(Use::always);
    if (!always) {
      return Optional.of(nameOf(new Part(Kind.VALUES, sum.argument()), names));
    }
    return aggregation.isGlobal()
        ? Optional.of(nameOf(new Part(Kind.ROWS, Optional.empty()), names))
        : Optional.empty();
  }

  /**
   * The shape of the stream table itself, if its targets are nothing but keys and pieces, and all
   * of them.
   *
   * @param columns of the stream table, in the order of the targets
   */
  Optional<Shape.RunningGroups> shownBy(List<Target> targets, List<Column> columns) {
    Map<Expression, String> keyNames = new HashMap<>();
    Map<Part, String> names = new HashMap<>();
    for (int i = 0; i < targets.size(); i++) {
      Expression target = targets.get(i).expression();
      String column = columns.get(i).name();
      Optional<Part> part =
          uses.stream().filter(use -> use.call().equals(target)).findFirst().flatMap(this::only);
      boolean isKey = aggregation.keys().contains(target);
      boolean taken =
          isKey ? keyNames.containsKey(target) : part.map(names::containsKey).orElse(true);
      if (taken) {
        return Optional.empty();
      }
      if (isKey) {
        keyNames.put(target, column);
      } else {
        names.put(part.orElseThrow(), column);
      }
    }
    boolean complete =
        names.keySet().containsAll(parts) && keyNames.keySet().containsAll(aggregation.keys());
    return complete ? Optional.of(shape(shownKeys(keyNames), names, columns)) : Optional.empty();
  }

  /** The one piece that an aggregate is; an average is two, and a sum of several scales more. */
  private Optional<Part> only(Use use) {
    if (use.function().equals("sum") && use.scales().size() > 1) {
      return Optional.empty();
    }
    return switch (use.function()) {
      case "avg" -> Optional.empty();
      case "count" -> Optional.of(countOf(use));
      default -> Optional.of(new Part(RunningAggregates.kindOf(use), Optional.of(use.argument())));
    };
  }

  private List<Column> shownKeys(Map<Expression, String> names) {
    return IntStream.range(0, keys.size())
        .mapToObj(i ->
            new Column(
                nameOf(aggregation.keys().get(i), names),
                keys.get(i).type(),
                keys.get(i).notNull()))
        .toList();
  }

  /** What keys and aggregates are in a query over the inner stage. */
  Map<Expression, Expression> overStage(String alias) {
    Map<Expression, Expression> replacements = new HashMap<>();
    IntStream.range(0, keys.size())
        .forEach(i ->
            replacements.put(aggregation.keys().get(i), Sql.column(alias, keys.get(i).name())));
    uses.forEach(use -> replacements.put(use.call(), valueOf(use, alias)));
    return replacements;
  }

  private Expression valueOf(Use use, String alias) {
    return only(use)
        .map(part -> column(part, alias))
        .orElseGet(() -> use.function().equals("avg") ? average(use, alias) : sum(use, alias));
  }

  /** With the digits of its longest addend. */
  private Expression sum(Use use, String alias) {
    Expression sum = column(new Part(Kind.SUM, Optional.of(use.argument())), alias);
    if (use.scales().size() < 2) {
      return sum;
    }
    Expression digits = Sql.integer(use.scales().getFirst());
    for (int scale : use.scales().subList(1, use.scales().size())) {
      Expression some = Sql.greater(column(countOf(use, scale), alias), Sql.integer(0));
      digits = Sql.when(some, Sql.integer(scale), digits);
    }
    return Sql.call("round", sum, digits);
  }

  private Expression column(Part part, String alias) {
    return Sql.column(alias, pieceName(parts.indexOf(part)));
  }

  /** As numeric_avg and int8_avg do it: the sum divided by the count, both numeric. */
  private Expression average(Use use, String alias) {
    Expression count = column(countOf(use), alias);
    Expression quotient =
        Sql.operation(Sql.cast(sum(use, alias), "numeric"), "/", Sql.cast(count, "numeric"));
    return Sql.when(Sql.equal(count, Sql.integer(0)), Sql.nothing(), quotient);
  }
}
