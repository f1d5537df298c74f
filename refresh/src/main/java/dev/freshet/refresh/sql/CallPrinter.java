package dev.freshet.refresh.sql;

import java.util.ArrayList;
import java.util.List;

/** Prints calls of functions, windows and sort keys. */
final class CallPrinter {
  private final Printer printer;

  CallPrinter(Printer printer) {
    this.printer = printer;
  }

  String print(FunctionCall call) {
    if (call.syntax() == FunctionCall.Syntax.STANDARD) {
      return StandardSyntax.print(call, printer.expressions());
    }
    CallModifiers modifiers = call.modifiers();
    String opening = Quoting.path(call.name()) + "(" + (modifiers.distinct() ? "DISTINCT " : "");
    String closing = modifiers.withinGroup() ? ")" : suffix(orderBy(modifiers.orderBy())) + ")";
    return Layout.enclosed(opening, printer.expressions().bare(call.arguments()), closing)
        + (modifiers.withinGroup() ? " WITHIN GROUP (" + orderBy(modifiers.orderBy()) + ")" : "")
        + filter(modifiers);
  }

  String filter(CallModifiers modifiers) {
    return modifiers.filter().isEmpty()
        ? ""
        : " FILTER ("
            + Layout.conjunction("WHERE", printer.expressions().conjuncts(modifiers.filter()))
            + ")";
  }

  String print(WindowCall call) {
    return printer.expressions().bare(call.call()) + " OVER " + window(call.window());
  }

  private String window(Window window) {
    return switch (window) {
      case Window.Named(String name) -> Quoting.identifier(name);
      case Window.Definition definition -> definition(definition);
    };
  }

  String print(Window.Declaration declaration) {
    return Quoting.identifier(declaration.name()) + " AS " + definition(declaration.definition());
  }

  private String definition(Window.Definition definition) {
    String base = definition.base().isEmpty() ? "" : Quoting.identifier(definition.base());
    String partition =
        definition.partitionBy().isEmpty()
            ? ""
            : "PARTITION BY " + Layout.list(printer.expressions().bare(definition.partitionBy()));
    return "("
        + Layout.words(
            base,
            partition,
            orderBy(definition.orderBy()),
            definition.frame().map(this::frame).orElse(""))
        + ")";
  }

  private String frame(Frame frame) {
    String extent =
        frame
            .end()
            .map(end -> "BETWEEN " + bound(frame.start()) + " AND " + bound(end))
            .orElseGet(() -> bound(frame.start()));
    String exclusion =
        switch (frame.exclusion()) {
          case NO_OTHERS -> "";
          case CURRENT_ROW -> "EXCLUDE CURRENT ROW";
          case GROUP -> "EXCLUDE GROUP";
          case TIES -> "EXCLUDE TIES";
        };
    return Layout.words(frame.unit().name(), extent, exclusion);
  }

  private String bound(Frame.Bound bound) {
    return switch (bound) {
      case Frame.UnboundedPreceding() -> "UNBOUNDED PRECEDING";
      case Frame.Preceding(Expression distance) ->
          printer.expressions().operand(distance) + " PRECEDING";
      case Frame.CurrentRow() -> "CURRENT ROW";
      case Frame.Following(Expression distance) ->
          printer.expressions().operand(distance) + " FOLLOWING";
      case Frame.UnboundedFollowing() -> "UNBOUNDED FOLLOWING";
    };
  }

  /** The ORDER BY clause; nothing without keys. */
  String orderBy(List<SortKey> keys) {
    return keys.isEmpty() ? "" : "ORDER BY " + Layout.list(sortKeys(keys));
  }

  List<String> sortKeys(List<SortKey> keys) {
    List<String> printed = new ArrayList<>();
    keys.forEach(key -> printed.add(sortKey(key)));
    return printed;
  }

  private String sortKey(SortKey key) {
    String direction =
        switch (key.direction()) {
          case SortKey.Ascending() -> "";
          case SortKey.Descending() -> "DESC";
          case SortKey.Using(OperatorName operator) -> using(operator);
        };
    String nulls =
        switch (key.nulls()) {
          case DEFAULT -> "";
          case FIRST -> "NULLS FIRST";
          case LAST -> "NULLS LAST";
        };
    return Layout.words(printer.expressions().operand(key.expression()), direction, nulls);
  }

  private static String using(OperatorName operator) {
    return "USING " + ExpressionPrinter.operator(operator);
  }

  String suffix(String clause) {
    return clause.isEmpty() ? "" : " " + clause;
  }

  String print(ValueFunction function) {
    String precision =
        function.precision().isPresent() ? "(" + function.precision().getAsInt() + ")" : "";
    return function.kind().name() + precision;
  }
}
