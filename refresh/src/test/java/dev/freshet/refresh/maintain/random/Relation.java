package dev.freshet.refresh.maintain.random;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A random query, or what a query reads. A tree, so that a failing query can be cut back; its
 * expressions are text, since PostgreSQL tells which cuts still make sense.
 */
sealed interface Relation {

  List<RandomColumn> columns();

  /** As a SELECT. */
  String sql();

  /** As an item of FROM. */
  default String item(String alias) {
    return "(%s) %s".formatted(sql(), alias);
  }

  /** The statements that create the views that are read, in order. */
  List<String> views();

  /** A table, a view or a common table expression. */
  record Named(String name, List<RandomColumn> columns, Optional<Relation> view)
      implements Relation {

    public Named {
      columns = List.copyOf(columns);
    }

    @Override
    public String sql() {
      return "SELECT * FROM " + name;
    }

    @Override
    public String item(String alias) {
      return name + " " + alias;
    }

    @Override
    public List<String> views() {
      List<String> views = new ArrayList<>(view.map(Relation::views).orElse(List.of()));
      view.ifPresent(body -> views.add("CREATE VIEW %s AS %s".formatted(name, body.sql())));
      return views;
    }
  }

  /**
   * A relation in FROM.
   *
   * @param join what joins it to those before it; empty for the first
   * @param using the column that it shares with the first, or conditions
   */
  record Source(String join, Relation relation, String alias, List<String> on, boolean using) {

    public Source {
      on = List.copyOf(on);
    }

    Source with(Relation other) {
      return new Source(join, other, alias, on, using);
    }

    /** Without conditions it is a cross join. */
    Source with(List<String> conditions) {
      return new Source(
          conditions.isEmpty() && join.equals("JOIN") ? "CROSS JOIN" : join,
          relation,
          alias,
          conditions,
          using && !conditions.isEmpty());
    }

    String sql() {
      String condition =
          on.isEmpty() ? "" : using ? " USING (k)" : " ON " + String.join(" AND ", on);
      return "%s %s%s".formatted(join, relation.item(alias), condition);
    }

    boolean isIn(String expression) {
      return Pattern.compile("\\b" + alias + "\\.").matcher(expression).find();
    }
  }

  /** An expression and the column it becomes. */
  record Shown(String expression, RandomColumn column) {
    String sql() {
      return expression + " AS " + column.name();
    }
  }

  /**
   * A SELECT.
   *
   * @param groupBy empty where rows are not grouped, or all are one group
   * @param tail an order and a limit
   */
  record Block(
      boolean distinct,
      List<Shown> shown,
      List<Source> from,
      List<String> where,
      List<String> groupBy,
      List<String> having,
      String tail)
      implements Relation {

    public Block {
      shown = List.copyOf(shown);
      from = List.copyOf(from);
      where = List.copyOf(where);
      groupBy = List.copyOf(groupBy);
      having = List.copyOf(having);
    }

    Block showing(List<Shown> other) {
      return new Block(distinct, other, from, where, groupBy, having, tail);
    }

    Block from(List<Source> other) {
      return new Block(distinct, shown, other, where, groupBy, having, tail);
    }

    Block where(List<String> other) {
      return new Block(distinct, shown, from, other, groupBy, having, tail);
    }

    Block groupBy(List<String> other) {
      return new Block(distinct, shown, from, where, other, having, tail);
    }

    Block having(List<String> other) {
      return new Block(distinct, shown, from, where, groupBy, other, tail);
    }

    Block tail(String other) {
      return new Block(distinct, shown, from, where, groupBy, having, other);
    }

    Block withDuplicates() {
      return new Block(false, shown, from, where, groupBy, having, tail);
    }

    @Override
    public List<RandomColumn> columns() {
      return shown.stream().map(Shown::column).toList();
    }

    @Override
    public String sql() {
      return "SELECT "
          + (distinct ? "DISTINCT " : "")
          + shown.stream().map(Shown::sql).collect(Collectors.joining(", "))
          + " FROM"
          + from.stream().map(Source::sql).collect(Collectors.joining(" "))
          + clause(" WHERE ", where, " AND ")
          + clause(" GROUP BY ", groupBy, ", ")
          + clause(" HAVING ", having, " AND ")
          + tail;
    }

    private static String clause(String keyword, List<String> parts, String separator) {
      return parts.isEmpty() ? "" : keyword + String.join(separator, parts);
    }

    @Override
    public List<String> views() {
      return from.stream().flatMap(source -> source.relation().views().stream()).toList();
    }
  }

  /**
   * A set operation.
   *
   * @param operator {@code UNION}, {@code INTERSECT} or {@code EXCEPT}, maybe {@code ALL}
   */
  record SetOf(String operator, Relation left, Relation right) implements Relation {
    @Override
    public List<RandomColumn> columns() {
      return left.columns();
    }

    @Override
    public String sql() {
      return "(%s) %s (%s)".formatted(left.sql(), operator, right.sql());
    }

    @Override
    public List<String> views() {
      return Stream.of(left, right).flatMap(side -> side.views().stream()).toList();
    }
  }

  /**
   * A SELECT from one relation whose clauses are text: windows, a limit, DISTINCT ON.
   *
   * @param head up to FROM
   * @param tail after FROM
   */
  record Clauses(String head, Relation inner, String alias, String tail, List<RandomColumn> columns)
      implements Relation {
    public Clauses {
      columns = List.copyOf(columns);
    }

    Clauses over(Relation other) {
      return new Clauses(head, other, alias, tail, columns);
    }

    @Override
    public String sql() {
      return "SELECT %s FROM %s%s".formatted(head, inner.item(alias), tail);
    }

    @Override
    public List<String> views() {
      return inner.views();
    }
  }

  /** A common table expression and the query that reads it. */
  record Common(String name, Relation body, Relation main) implements Relation {
    @Override
    public List<RandomColumn> columns() {
      return main.columns();
    }

    @Override
    public String sql() {
      return "WITH %s AS (%s) %s".formatted(name, body.sql(), main.sql());
    }

    @Override
    public List<String> views() {
      return Stream.of(body, main).flatMap(part -> part.views().stream()).toList();
    }
  }

  /** A recursive common table expression and nothing around it. */
  record Recursion(String sql, List<RandomColumn> columns) implements Relation {
    public Recursion {
      columns = List.copyOf(columns);
    }

    @Override
    public List<String> views() {
      return List.of();
    }
  }

  /** A function or a subquery that reads its neighbours on the left. */
  record Lateral(String text, List<RandomColumn> columns) implements Relation {
    @Override
    public String sql() {
      throw new IllegalStateException("only an item of FROM");
    }

    @Override
    public String item(String alias) {
      return "LATERAL %s AS %s(%s)"
          .formatted(
              text,
              alias,
              columns.stream().map(RandomColumn::name).collect(Collectors.joining(", ")));
    }

    @Override
    public List<String> views() {
      return List.of();
    }
  }
}
