package dev.freshet.refresh.sql;

import java.util.List;

/** Prints statements that change data. */
final class StatementPrinter {
  private final Printer printer;

  StatementPrinter(Printer printer) {
    this.printer = printer;
  }

  String print(Statement statement) {
    return switch (statement) {
      case Query query -> printer.queries().print(query);
      case Insert insert -> insert(insert);
      case Update update -> update(update);
      case Delete delete -> delete(delete);
      case Merge merge -> merge(merge);
    };
  }

  private String with(Statement statement) {
    return printer.queries().with(statement.with());
  }

  private String insert(Insert insert) {
    return Layout.lines(
        List.of(
            with(insert),
            "INSERT INTO "
                + printer.fromItems().print(insert.target())
                + Quoting.columns(insert.columns()),
            printer.queries().print(insert.source()),
            onConflict(insert.onConflict()),
            returning(insert.returning())));
  }

  private String onConflict(OnConflict clause) {
    return switch (clause) {
      case OnConflict.Fail() -> "";
      case OnConflict.DoNothing(var key) -> Layout.words("ON CONFLICT", key(key), "DO NOTHING");
      case OnConflict.DoUpdate(var key, var assignments, var where) ->
          Layout.lines(
              List.of(
                  Layout.words("ON CONFLICT", key(key), "DO UPDATE"),
                  set("SET", assignments),
                  printer.queries().where(where)));
    };
  }

  private String key(OnConflict.Key key) {
    return key.expressions().isEmpty()
        ? ""
        : Layout.words(
            Layout.enclosed("(", printer.expressions().operands(key.expressions()), ")"),
            printer.queries().where(key.where()));
  }

  private String update(Update update) {
    return Layout.lines(
        List.of(
            with(update),
            "UPDATE " + printer.fromItems().print(update.target()),
            set("SET", update.assignments()),
            fromItems("FROM", update.from()),
            printer.queries().where(update.where()),
            returning(update.returning())));
  }

  private String delete(Delete delete) {
    return Layout.lines(
        List.of(
            with(delete),
            "DELETE FROM " + printer.fromItems().print(delete.target()),
            fromItems("USING", delete.using()),
            printer.queries().where(delete.where()),
            returning(delete.returning())));
  }

  private String merge(Merge merge) {
    return Layout.lines(
        List.of(
            with(merge),
            "MERGE INTO " + printer.fromItems().print(merge.target()),
            "USING " + source(merge.source()),
            Layout.conjunction("ON", printer.expressions().conjuncts(merge.on())),
            Layout.lines(merge.clauses().stream().map(this::clause).toList()),
            returning(merge.returning())));
  }

  private String source(FromItem source) {
    String text = printer.fromItems().print(source);
    return source instanceof JoinItem join && !join.alias().isPresent()
        ? Layout.parenthesised(text)
        : text;
  }

  private String clause(Merge.Clause clause) {
    String match =
        switch (clause.match()) {
          case MATCHED -> "WHEN MATCHED";
          case NOT_MATCHED -> "WHEN NOT MATCHED";
          case NOT_MATCHED_BY_SOURCE -> "WHEN NOT MATCHED BY SOURCE";
        };
    String condition =
        clause.conjuncts().isEmpty()
            ? ""
            : Layout.conjunction("AND", printer.expressions().operands(clause.conjuncts()));
    return Layout.words(match, condition, "THEN") + "\n" + Layout.indented(action(clause.action()));
  }

  private String action(Merge.Action action) {
    return switch (action) {
      case Merge.DoNothing() -> "DO NOTHING";
      case Merge.DeleteRow() -> "DELETE";
      case Merge.UpdateRow(var assignments) -> set("UPDATE SET", assignments);
      case Merge.InsertRow(var columns, var values) ->
          "INSERT"
              + Quoting.columns(columns)
              + "\n"
              + Layout.enclosed("VALUES (", printer.expressions().bare(values), ")");
    };
  }

  private String set(String keyword, List<Assignment> assignments) {
    return Layout.clause(
        keyword,
        assignments.stream()
            .map(assignment ->
                Quoting.identifier(assignment.column())
                    + " = "
                    + printer.expressions().bare(assignment.value()))
            .toList());
  }

  private String fromItems(String keyword, List<FromItem> items) {
    return items.isEmpty()
        ? ""
        : Layout.clause(keyword, items.stream().map(printer.fromItems()::print).toList());
  }

  private String returning(List<Target> targets) {
    return targets.isEmpty() ? "" : Layout.clause("RETURNING", printer.queries().targets(targets));
  }
}
