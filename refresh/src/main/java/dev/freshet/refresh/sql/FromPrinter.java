package dev.freshet.refresh.sql;

import java.util.List;

/** Prints the entries of FROM clauses. */
final class FromPrinter {
  private final Printer printer;

  FromPrinter(Printer printer) {
    this.printer = printer;
  }

  String print(FromItem item) {
    return switch (item) {
      case TableReference table -> table(table) + alias(table.alias());
      case SampledTable sample -> sample(sample);
      case JoinItem join ->
          join.alias().isPresent()
              ? Layout.parenthesised(join(join)) + alias(join.alias())
              : join(join);
      case SubqueryItem(var query, boolean lateral, var alias) ->
          lateral(lateral) + Layout.parenthesised(printer.queries().print(query)) + alias(alias);
      case FunctionItem function -> function(function);
      case XmlTableItem(var table, boolean lateral, var alias) ->
          lateral(lateral) + printer.xml().print(table) + alias(alias);
      case JsonTableItem(var table, boolean lateral, var alias) ->
          lateral(lateral) + printer.json().print(table) + alias(alias);
    };
  }

  private static String lateral(boolean lateral) {
    return lateral ? "LATERAL " : "";
  }

  /** The table without its alias. */
  private static String table(TableReference table) {
    return (table.only() ? "ONLY " : "") + Quoting.qualified(table.schema(), table.name());
  }

  private static String alias(Alias alias) {
    return alias.isPresent()
        ? " AS " + Quoting.identifier(alias.name()) + Quoting.columns(alias.columns())
        : "";
  }

  private String sample(SampledTable sample) {
    return Layout.words(
        print(sample.table()),
        "TABLESAMPLE",
        Quoting.path(sample.method()),
        Layout.enclosed("(", printer.expressions().bare(sample.arguments()), ")"),
        sample
            .seed()
            .map(seed -> "REPEATABLE (" + printer.expressions().bare(seed) + ")")
            .orElse(""));
  }

  /** Joins associate to the left, so that only a join on the right needs parentheses. */
  private String join(JoinItem join) {
    String right =
        join.right() instanceof JoinItem nested && !nested.alias().isPresent()
            ? Layout.parenthesised(print(nested))
            : print(join.right());
    String condition =
        switch (join.condition()) {
          case JoinCondition.None(), JoinCondition.Natural() -> "";
          case JoinCondition.Using(var columns, String alias) ->
              " USING"
                  + Quoting.columns(columns)
                  + (alias.isEmpty() ? "" : " AS " + Quoting.identifier(alias));
          case JoinCondition.On(var conjuncts) ->
              " " + Layout.conjunction("ON", printer.expressions().conjuncts(conjuncts));
        };
    return print(join.left()) + "\n  " + words(join) + " " + right + condition;
  }

  private static String words(JoinItem join) {
    if (join.condition() instanceof JoinCondition.None) {
      if (join.kind() != JoinItem.Kind.INNER) {
        throw new IllegalStateException("an outer join has a condition: " + join);
      }
      return "CROSS JOIN";
    }
    String natural = join.condition() instanceof JoinCondition.Natural ? "NATURAL " : "";
    return natural + (join.kind() == JoinItem.Kind.INNER ? "JOIN" : join.kind() + " JOIN");
  }

  private String function(FunctionItem item) {
    FunctionItem.Source first = item.functions().getFirst();
    boolean plain =
        item.functions().size() == 1 && (first.columns().isEmpty() || !item.withOrdinality());
    if (plain) {
      return lateral(item.lateral())
          + call(first)
          + ordinality(item)
          + (first.columns().isEmpty() ? alias(item.alias()) : definedAlias(item.alias(), first));
    }
    List<String> functions = item.functions().stream().map(this::source).toList();
    return lateral(item.lateral())
        + Layout.enclosed("ROWS FROM (", functions, ")")
        + ordinality(item)
        + alias(item.alias());
  }

  private static String ordinality(FunctionItem item) {
    return item.withOrdinality() ? " WITH ORDINALITY" : "";
  }

  private String definedAlias(Alias alias, FunctionItem.Source source) {
    String name = alias.name().isEmpty() ? "" : Quoting.identifier(alias.name());
    return " AS " + name + definitions(source);
  }

  private String source(FunctionItem.Source source) {
    return call(source) + (source.columns().isEmpty() ? "" : " AS " + definitions(source));
  }

  private String definitions(FunctionItem.Source source) {
    return Layout.enclosed(
        "(", source.columns().stream().map(this::columnDefinition).toList(), ")");
  }

  private String columnDefinition(ColumnDefinition column) {
    return Layout.words(
        Quoting.identifier(column.name()),
        printer.types().print(column.type()),
        column.collation().isEmpty() ? "" : "COLLATE " + Quoting.path(column.collation()));
  }

  /** A cast is a function here only in the form of a call. */
  private String call(FunctionItem.Source source) {
    return source.call() instanceof Cast(var operand, var type)
        ? "CAST(" + printer.expressions().bare(operand) + " AS " + printer.types().print(type) + ")"
        : printer.expressions().bare(source.call());
  }
}
