package dev.freshet.refresh.sql;

import java.util.ArrayList;
import java.util.List;

/** Prints queries, a clause to a line. */
final class QueryPrinter {
  private final Printer printer;

  QueryPrinter(Printer printer) {
    this.printer = printer;
  }

  String print(Query query) {
    return switch (query) {
      case Select select -> select(select);
      case SetOperation operation -> setOperation(operation);
      case Values values ->
          Layout.lines(
              List.of(
                  with(values.with()),
                  Layout.clause("VALUES", values.rows().stream().map(this::row).toList()),
                  ordering(values.ordering())));
    };
  }

  private String row(List<Expression> row) {
    return Layout.enclosed("(", printer.expressions().bare(row), ")");
  }

  private String select(Select select) {
    List<String> clauses = new ArrayList<>();
    clauses.add(with(select.with()));
    clauses.add(
        Layout.clause("SELECT" + distinctness(select.distinctness()), targets(select.targets())));
    if (!select.from().isEmpty()) {
      clauses.add(
          Layout.clause("FROM", select.from().stream().map(printer.fromItems()::print).toList()));
    }
    clauses.add(where(select.where()));
    clauses.add(grouping(select.grouping()));
    if (!select.windows().isEmpty()) {
      clauses.add(
          Layout.clause("WINDOW", select.windows().stream().map(printer.calls()::print).toList()));
    }
    clauses.add(ordering(select.ordering()));
    select.locking().forEach(locking -> clauses.add(locking(locking)));
    return Layout.lines(clauses);
  }

  private String distinctness(Distinctness distinctness) {
    return switch (distinctness) {
      case Distinctness.KeepDuplicates() -> "";
      case Distinctness.DistinctRows() -> " DISTINCT";
      case Distinctness.DistinctOn(var expressions) ->
          " DISTINCT ON " + Layout.enclosed("(", printer.expressions().bare(expressions), ")");
    };
  }

  List<String> targets(List<Target> targets) {
    return targets.stream().map(this::target).toList();
  }

  private String target(Target target) {
    return printer.expressions().bare(target.expression())
        + (target.alias().isEmpty() ? "" : " AS " + Quoting.identifier(target.alias()));
  }

  /** The WHERE clause; nothing without conjuncts. */
  String where(List<Expression> conjuncts) {
    return conjuncts.isEmpty()
        ? ""
        : Layout.conjunction("WHERE", printer.expressions().conjuncts(conjuncts));
  }

  private String grouping(Grouping grouping) {
    List<String> clauses = new ArrayList<>();
    if (!grouping.elements().isEmpty()) {
      clauses.add(
          Layout.clause(
              grouping.distinct() ? "GROUP BY DISTINCT" : "GROUP BY",
              elements(grouping.elements())));
    }
    if (!grouping.having().isEmpty()) {
      clauses.add(Layout.conjunction("HAVING", printer.expressions().conjuncts(grouping.having())));
    }
    return Layout.lines(clauses);
  }

  private List<String> elements(List<Grouping.Element> elements) {
    return elements.stream().map(this::element).toList();
  }

  private String element(Grouping.Element element) {
    return switch (element) {
      case Grouping.Columns(var columns) ->
          columns.size() == 1
              ? printer.expressions().operand(columns.getFirst())
              : Layout.enclosed("(", printer.expressions().operands(columns), ")");
      case Grouping.Rollup(var nested) -> Layout.enclosed("ROLLUP (", elements(nested), ")");
      case Grouping.Cube(var nested) -> Layout.enclosed("CUBE (", elements(nested), ")");
      case Grouping.Sets(var nested) -> Layout.enclosed("GROUPING SETS (", elements(nested), ")");
    };
  }

  private String ordering(Ordering ordering) {
    List<String> clauses = new ArrayList<>();
    clauses.add(printer.calls().orderBy(ordering.keys()));
    ordering
        .offset()
        .ifPresent(offset -> clauses.add("OFFSET " + printer.expressions().operand(offset)));
    clauses.add(
        switch (ordering.limit()) {
          case Ordering.Unlimited() -> "";
          case Ordering.Rows(Literal.Null()) -> "LIMIT ALL";
          case Ordering.Rows(var count) -> "LIMIT " + printer.expressions().operand(count);
          case Ordering.RowsWithTies(var count) ->
              "FETCH FIRST (" + printer.expressions().bare(count) + ") ROWS WITH TIES";
        });
    return Layout.lines(clauses);
  }

  private static String locking(Locking locking) {
    String ifLocked =
        switch (locking.ifLocked()) {
          case BLOCK -> "";
          case SKIP_LOCKED -> "SKIP LOCKED";
          case NOWAIT -> "NOWAIT";
        };
    String tables =
        locking.tables().isEmpty()
            ? ""
            : "OF " + Layout.list(locking.tables().stream().map(Quoting::identifier).toList());
    return Layout.words("FOR", locking.strength().name().replace('_', ' '), tables, ifLocked);
  }

  private String setOperation(SetOperation operation) {
    return Layout.lines(
        List.of(
            with(operation.with()),
            side(operation.left()),
            operation.kind() + (operation.all() ? " ALL" : ""),
            side(operation.right()),
            ordering(operation.ordering())));
  }

  private String side(Query query) {
    boolean plain =
        switch (query) {
          case Select select -> !select.with().isPresent() && select.locking().isEmpty();
          case Values values -> !values.with().isPresent();
          case SetOperation _ -> false;
        };
    return plain && query.ordering().equals(Ordering.NONE)
        ? print(query)
        : Layout.parenthesised(print(query));
  }

  /** The WITH clause; nothing without tables. */
  String with(With with) {
    return with.isPresent()
        ? (with.recursive() ? "WITH RECURSIVE" : "WITH")
            + "\n"
            + Layout.indented(
                String.join(",\n", with.tables().stream().map(this::commonTable).toList()))
        : "";
  }

  private String commonTable(CommonTable table) {
    String materialization =
        switch (table.materialization()) {
          case UNSPECIFIED -> "";
          case MATERIALIZED -> "MATERIALIZED";
          case NOT_MATERIALIZED -> "NOT MATERIALIZED";
        };
    return Layout.words(
        Quoting.identifier(table.name()) + Quoting.columns(table.columns()),
        "AS",
        materialization,
        "(\n" + Layout.indented(printer.statements().print(table.statement())) + "\n)",
        table.search().map(QueryPrinter::search).orElse(""),
        table.cycle().map(this::cycle).orElse(""));
  }

  private static String search(CommonTable.Search search) {
    return Layout.words(
        search.breadthFirst() ? "SEARCH BREADTH FIRST BY" : "SEARCH DEPTH FIRST BY",
        Layout.list(search.columns().stream().map(Quoting::identifier).toList()),
        "SET",
        Quoting.identifier(search.sequence()));
  }

  private String cycle(CommonTable.Cycle cycle) {
    return Layout.words(
        "CYCLE",
        Layout.list(cycle.columns().stream().map(Quoting::identifier).toList()),
        "SET",
        Quoting.identifier(cycle.mark()),
        "TO",
        constant(cycle.value()),
        "DEFAULT",
        constant(cycle.otherwise()),
        "USING",
        Quoting.identifier(cycle.path()));
  }

  /** CYCLE takes constants only, and a typed one in the form {@code type 'value'}. */
  private String constant(Expression value) {
    return value instanceof Cast(Literal.Text text, var type)
        ? printer.types().print(type) + " " + printer.expressions().bare(text)
        : printer.expressions().bare(value);
  }
}
