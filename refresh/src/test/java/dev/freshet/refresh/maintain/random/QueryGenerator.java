package dev.freshet.refresh.maintain.random;

import dev.freshet.refresh.maintain.random.ExpressionGenerator.Typed;
import dev.freshet.refresh.maintain.random.ExpressionGenerator.Visible;
import dev.freshet.refresh.maintain.random.Relation.Block;
import dev.freshet.refresh.maintain.random.Relation.Clauses;
import dev.freshet.refresh.maintain.random.Relation.Common;
import dev.freshet.refresh.maintain.random.Relation.Lateral;
import dev.freshet.refresh.maintain.random.Relation.Named;
import dev.freshet.refresh.maintain.random.Relation.SetOf;
import dev.freshet.refresh.maintain.random.Relation.Shown;
import dev.freshet.refresh.maintain.random.Relation.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Random queries of the operators that have a delta rule. */
final class QueryGenerator {

  private static final List<String> ODD_NAMES = List.of("\"Odd Name\"", "\"from\"", "\"ä.ö\"");

  private static final int RECURSIONS_PERCENT = 5;

  private final Dice dice;
  private final List<RandomTable> tables;

  private int names;
  private boolean coarse;

  /** A query, and whether which of several equal values it shows is left open. */
  record Generated(Relation query, boolean coarse) {}

  QueryGenerator(Dice dice, List<RandomTable> tables) {
    this.dice = dice;
    this.tables = List.copyOf(tables);
  }

  Generated query() {
    Relation query =
        dice.chance(35)
            ? layers(dice.between(1, 4), true)
            : relation(dice.between(0, 3), Optional.empty(), true);
    return new Generated(query, coarse);
  }

  /** One operator upon another, over one table: a small change shows in what each makes of it. */
  private Relation layers(int height, boolean outermost) {
    Relation below = height == 1 ? table() : layers(height - 1, false);
    List<Source> from = List.of(new Source(" ", below, fresh("r"), List.of(), false));
    int choice = dice.between(0, 9);
    if (choice < 4) {
      return groups(from, List.of(), outermost);
    }
    return choice < 8 ? clauses(below) : rows(from, List.of());
  }

  private Named table() {
    RandomTable table = dice.oneOf(tables);
    return new Named(table.name(), table.columns(), Optional.empty());
  }

  private Relation relation(int depth, Optional<Named> common, boolean outermost) {
    int choice = dice.between(0, 99);
    if (choice < 32) {
      return rows(depth, common);
    }
    if (choice < 62 || depth == 0) {
      return groups(depth, common, outermost);
    }
    if (choice < 78) {
      return clauses(relation(depth - 1, common, false));
    }
    if (choice < 89 || common.isPresent()) {
      return setOf(depth, common);
    }
    String name = fresh("cte");
    Relation body = relation(depth - 1, Optional.empty(), false);
    Named reference = new Named(name, body.columns(), Optional.empty());
    return new Common(name, body, relation(depth - 1, Optional.of(reference), outermost));
  }

  private Block rows(int depth, Optional<Named> common) {
    List<Source> from = from(depth, common);
    return rows(from, where(expressions(from)));
  }

  private Block rows(List<Source> from, List<String> where) {
    ExpressionGenerator expressions = expressions(from);
    List<Shown> shown = new ArrayList<>();
    int width = dice.between(1, 5);
    for (int i = 1; i <= width; i++) {
      shown.add(shown(expressions.any(), i));
    }
    boolean distinct = dice.chance(20);
    coarse |= distinct && shown.stream().anyMatch(column -> column.column().kind().isCoarse());
    return new Block(distinct, shown, from, where, List.of(), List.of(), "");
  }

  private List<String> where(ExpressionGenerator expressions) {
    List<String> where = new ArrayList<>();
    int conditions = dice.chance(50) ? 0 : dice.between(1, 2);
    for (int i = 0; i < conditions; i++) {
      where.add(expressions.condition());
    }
    return where;
  }

  private Shown shown(Typed expression, int place) {
    String name = dice.chance(6) ? dice.oneOf(ODD_NAMES) : "c";
    String numbered =
        name.startsWith("\"") ? name.substring(0, name.length() - 1) + place + "\"" : name + place;
    return new Shown(expression.text(), new RandomColumn(numbered, expression.kind(), true));
  }

  private Block groups(int depth, Optional<Named> common, boolean outermost) {
    List<Source> from = from(depth, common);
    return groups(from, where(expressions(from)), outermost);
  }

  private Block groups(List<Source> from, List<String> where, boolean outermost) {
    ExpressionGenerator expressions = expressions(from);
    AggregateGenerator aggregates = new AggregateGenerator(dice, expressions, !coarse, outermost);
    List<Shown> shown = new ArrayList<>();
    List<String> keys = new ArrayList<>();
    int keyCount = dice.chance(20) ? 0 : dice.between(1, 2);
    for (int i = 0; i < keyCount; i++) {
      Typed key = expressions.any();
      if (!keys.contains(key.text())) {
        coarse |= key.kind().isCoarse();
        keys.add(key.text());
        if (dice.chance(85)) {
          shown.add(shown(key, shown.size() + 1));
        }
      }
    }
    int width = dice.between(shown.isEmpty() ? 1 : 0, 4);
    for (int i = 0; i < width; i++) {
      Typed aggregate = aggregates.any();
      coarse |= aggregate.kind().isCoarse() && aggregate.text().matches("(?s)m(in|ax)\\(.*");
      shown.add(shown(aggregate, shown.size() + 1));
    }
    List<String> having =
        dice.chance(25) && !keys.isEmpty() ? List.of(having(aggregates)) : List.of();
    if (shown.isEmpty()) {
      shown.add(shown(new Typed("count(*)", Kind.BIG), 1));
    }
    boolean distinct = dice.chance(5);
    coarse |= distinct && shown.stream().anyMatch(column -> column.column().kind().isCoarse());
    List<String> grouping = grouping(keys);
    String tail = "";
    if (!distinct && dice.chance(25)) {
      List<String> values = shown.stream().map(Shown::expression).toList();
      if (dice.chance(50)) {
        String partition =
            keys.isEmpty() || dice.chance(30) ? "" : "PARTITION BY " + keys.getFirst();
        String rank = "rank() OVER (%s ORDER BY %s)".formatted(partition, dice.oneOf(values));
        shown.add(shown(new Typed(rank, Kind.BIG), shown.size() + 1));
      } else {
        coarse |= shown.stream().anyMatch(column -> column.column().kind().isCoarse());
        tail = " ORDER BY %s LIMIT %d".formatted(places(shown.size()), dice.between(1, 5));
      }
    }
    return new Block(distinct, shown, from, where, grouping, having, tail);
  }

  private static String places(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(String::valueOf)
        .collect(Collectors.joining(", "));
  }

  private List<String> grouping(List<String> keys) {
    if (keys.size() < 2 || dice.chance(80)) {
      return keys;
    }
    String all = String.join(", ", keys);
    return List.of(
        dice.oneOf("ROLLUP (%1$s)", "CUBE (%1$s)", "GROUPING SETS ((%1$s), (%2$s), ())")
            .formatted(all, keys.getFirst()));
  }

  private String having(AggregateGenerator aggregates) {
    Typed aggregate = aggregates.any();
    boolean safe = aggregate.kind() != Kind.FLOAT && aggregate.kind() != Kind.BOOLEAN;
    return safe && dice.chance(60)
        ? "%s %s %s"
            .formatted(
                aggregate.text(), dice.oneOf("<", ">=", "<>"), aggregate.kind().literal(dice))
        : "count(*) %s %d".formatted(dice.oneOf(">", "<", "="), dice.between(1, 3));
  }

  private SetOf setOf(int depth, Optional<Named> common) {
    List<Kind> kinds = new ArrayList<>();
    int width = dice.between(1, 3);
    for (int i = 0; i < width; i++) {
      kinds.add(dice.oneOf(List.of(Kind.values())));
    }
    String operator =
        dice.oneOf(
            "UNION",
            "UNION",
            "UNION ALL",
            "UNION ALL",
            "INTERSECT",
            "INTERSECT ALL",
            "EXCEPT",
            "EXCEPT ALL");
    coarse |= !operator.equals("UNION ALL") && kinds.stream().anyMatch(Kind::isCoarse);
    return new SetOf(operator, branch(depth, common, kinds), branch(depth, common, kinds));
  }

  /** Windows over a relation, or some of its rows. */
  private Clauses clauses(Relation inner) {
    ClauseGenerator generator = new ClauseGenerator(dice, inner, fresh("w"));
    Clauses clauses = generator.any();
    coarse |= generator.leavesOpen(clauses);
    return clauses;
  }

  private Block branch(int depth, Optional<Named> common, List<Kind> kinds) {
    List<Source> from = from(Math.min(depth, 1), common);
    ExpressionGenerator expressions = expressions(from);
    List<Shown> shown = new ArrayList<>();
    for (Kind kind : kinds) {
      shown.add(
          new Shown(
              expressions.of(kind).text(), new RandomColumn("u" + (shown.size() + 1), kind, true)));
    }
    return new Block(dice.chance(10), shown, from, where(expressions), List.of(), List.of(), "");
  }

  /** From one to four relations; of those that no condition joins there is one at most. */
  private List<Source> from(int depth, Optional<Named> common) {
    int width = dice.oneOf(List.of(1, 1, 1, 2, 2, 2, 3, 4));
    List<Source> sources = new ArrayList<>();
    boolean crossed = false;
    for (int i = 0; i < width; i++) {
      String alias = fresh("r");
      Relation relation = source(depth, common);
      if (i == 0) {
        sources.add(new Source(" ", relation, alias, List.of(), false));
      } else if (!crossed && dice.chance(15)) {
        crossed = true;
        sources.add(crossing(sources, relation, alias));
      } else {
        sources.add(joined(sources, relation, alias));
      }
    }
    return sources;
  }

  private Source crossing(List<Source> sources, Relation relation, String alias) {
    ExpressionGenerator left = expressions(sources);
    return switch (dice.between(0, 5)) {
      case 0 -> new Source("CROSS JOIN", relation, alias, List.of(), false);
      case 3, 4 -> lateral(left, alias);
      case 1 ->
          new Source(
              "CROSS JOIN",
              new Lateral(
                  "generate_series(1, LEAST(%s, 3))".formatted(left.of(Kind.INTEGER).text()),
                  List.of(new RandomColumn("x", Kind.INTEGER, false))),
              alias,
              List.of(),
              false);
      case 2 -> {
        Typed taken = left.any();
        RandomTable table = dice.oneOf(tables);
        yield new Source(
            "CROSS JOIN",
            new Lateral(
                "(SELECT %s, q.k FROM %s q WHERE q.k = %s)"
                    .formatted(taken.text(), table.name(), left.of(Kind.INTEGER).text()),
                List.of(
                    new RandomColumn("x", taken.kind(), true),
                    new RandomColumn("k", Kind.INTEGER, true))),
            alias,
            List.of(),
            false);
      }
      default -> {
        Visible one = dice.oneOf(visible(sources));
        String other = expressionsOf(relation, alias).of(one.kind()).text();
        yield new Source(
            "JOIN",
            relation,
            alias,
            List.of("%s %s %s".formatted(one.reference(), dice.oneOf("<", ">=", "<>"), other)),
            false);
      }
    };
  }

  /** Rows that depend on one another, for each row on the left. */
  private Source lateral(ExpressionGenerator left, String alias) {
    RandomTable table = dice.oneOf(tables);
    String where =
        "q.k %s %s".formatted(dice.oneOf("=", "=", "=", "<="), left.of(Kind.INTEGER).text());
    String body =
        switch (dice.between(0, 5)) {
          case 0 -> "SELECT count(*), max(q.k) FROM %1$s q WHERE %2$s";
          case 1 -> "SELECT count(*), q.k FROM %1$s q WHERE %2$s GROUP BY q.k";
          case 2 -> "SELECT q.id::int8, q.k FROM %1$s q WHERE %2$s ORDER BY q.id, q.k LIMIT 2";
          case 3 -> "SELECT rank() OVER (ORDER BY q.id), q.k FROM %1$s q WHERE %2$s";
          case 4 ->
              "SELECT q.id::int8, q.k FROM %1$s q WHERE %2$s "
                  + dice.oneOf("UNION", "EXCEPT", "INTERSECT ALL", "EXCEPT ALL")
                  + " SELECT p.id, p.k FROM %3$s p";
          default -> "SELECT DISTINCT q.id::int8, q.k FROM %1$s q WHERE %2$s";
        };
    return new Source(
        dice.chance(50) ? "LEFT JOIN" : "JOIN",
        new Lateral(
            "(" + body.formatted(table.name(), where, dice.oneOf(tables).name()) + ")",
            List.of(
                new RandomColumn("n", Kind.BIG, true), new RandomColumn("k", Kind.INTEGER, true))),
        alias,
        List.of("true"),
        false);
  }

  private Source joined(List<Source> sources, Relation relation, String alias) {
    boolean shareK =
        relation.columns().stream().anyMatch(column -> column.name().equals("k"))
            && sources.size() == 1
            && sources.getFirst().relation().columns().stream()
                .anyMatch(column -> column.name().equals("k"));
    if (shareK && dice.chance(25)) {
      return new Source("JOIN", relation, alias, List.of("using k"), true);
    }
    Visible one = dice.oneOf(joinable(sources));
    String other = expressionsOf(relation, alias).of(one.kind()).text();
    List<String> on = new ArrayList<>();
    on.add("%s = %s".formatted(one.reference(), other));
    if (dice.chance(15)) {
      on.add(expressionsOf(relation, alias).condition());
    }
    return new Source(
        dice.chance(75) ? "JOIN" : dice.oneOf("LEFT JOIN", "RIGHT JOIN", "FULL JOIN"),
        relation,
        alias,
        on,
        false);
  }

  private List<Visible> joinable(List<Source> sources) {
    List<Visible> all = visible(sources);
    List<Visible> keys =
        all.stream().filter(column -> column.reference().matches(".*\\.(k|id)")).toList();
    return keys.isEmpty() || dice.chance(20) ? all : keys;
  }

  private Relation source(int depth, Optional<Named> common) {
    if (common.isPresent() && dice.chance(70)) {
      return common.get();
    }
    if (dice.chance(RECURSIONS_PERCENT)) {
      return new RecursionGenerator(dice, tables).any(fresh("w"));
    }
    if (depth == 0 || dice.chance(55)) {
      return table();
    }
    Relation inner = relation(depth - 1, Optional.empty(), false);
    return dice.chance(40) ? new Named(fresh("v"), inner.columns(), Optional.of(inner)) : inner;
  }

  private ExpressionGenerator expressions(List<Source> sources) {
    return new ExpressionGenerator(dice, visible(sources), tables);
  }

  private ExpressionGenerator expressionsOf(Relation relation, String alias) {
    return new ExpressionGenerator(
        dice, visible(List.of(new Source(" ", relation, alias, List.of(), false))));
  }

  private static List<Visible> visible(List<Source> sources) {
    return sources.stream()
        .flatMap(source ->
            source.relation().columns().stream()
                .map(column -> new Visible(source.alias() + "." + column.name(), column.kind())))
        .toList();
  }

  private String fresh(String prefix) {
    return prefix + ++names;
  }
}
