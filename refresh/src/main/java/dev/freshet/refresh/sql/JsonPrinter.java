package dev.freshet.refresh.sql;

import java.util.ArrayList;
import java.util.List;

/** Prints SQL/JSON. */
final class JsonPrinter {
  private final Printer printer;

  JsonPrinter(Printer printer) {
    this.printer = printer;
  }

  String print(JsonExpression expression) {
    return switch (expression) {
      case JsonExpression.ObjectOf object -> object(object);
      case JsonExpression.ArrayOf array -> array(array);
      case JsonExpression.ArrayOfQuery(var query, var format, var returning) ->
          Layout.enclosed(
              "JSON_ARRAY(",
              List.of(printer.queries().print(query)),
              trailing(format(format), returning(returning)) + ")");
      case JsonExpression.ObjectAggregate call ->
          "JSON_OBJECTAGG("
              + Layout.words(
                  entry(call.entry()),
                  onNull(call.absentOnNull()),
                  unique(call.uniqueKeys()),
                  returning(call.returning()))
              + ")"
              + printer.calls().filter(call.modifiers());
      case JsonExpression.ArrayAggregate call ->
          "JSON_ARRAYAGG("
              + Layout.words(
                  value(call.value()),
                  printer.calls().orderBy(call.modifiers().orderBy()),
                  onNull(call.absentOnNull()),
                  returning(call.returning()))
              + ")"
              + printer.calls().filter(call.modifiers());
      case JsonExpression.IsJson(var operand, var kind, boolean unique) ->
          Layout.words(
              operand(operand),
              "IS JSON",
              kind == JsonExpression.IsJson.Kind.ANY ? "" : kind.name(),
              unique(unique));
      case JsonExpression.Parse(var value, boolean unique) ->
          "JSON(" + Layout.words(value(value), unique(unique)) + ")";
      case JsonExpression.ScalarOf(var operand) -> "JSON_SCALAR(" + operand(operand) + ")";
      case JsonExpression.Serialize(var value, var returning) ->
          "JSON_SERIALIZE(" + Layout.words(value(value), returning(returning)) + ")";
      case JsonExpression.PathCall call -> pathCall(call);
    };
  }

  private String operand(Expression expression) {
    return printer.expressions().operand(expression);
  }

  private String object(JsonExpression.ObjectOf object) {
    if (object.entries().isEmpty()) {
      return "JSON_OBJECT(" + returning(object.returning()) + ")";
    }
    return Layout.enclosed(
        "JSON_OBJECT(",
        object.entries().stream().map(this::entry).toList(),
        trailing(
                onNull(object.absentOnNull()),
                unique(object.uniqueKeys()),
                returning(object.returning()))
            + ")");
  }

  private String array(JsonExpression.ArrayOf array) {
    if (array.values().isEmpty()) {
      return "JSON_ARRAY(" + returning(array.returning()) + ")";
    }
    return Layout.enclosed(
        "JSON_ARRAY(",
        array.values().stream().map(this::value).toList(),
        trailing(onNull(array.absentOnNull()), returning(array.returning())) + ")");
  }

  private static String trailing(String... clauses) {
    String text = Layout.words(clauses);
    return text.isEmpty() ? "" : " " + text;
  }

  private String entry(JsonExpression.Entry entry) {
    return operand(entry.key()) + " : " + value(entry.value());
  }

  private String value(JsonValue value) {
    return Layout.words(operand(value.expression()), format(value.format()));
  }

  private static String format(JsonFormat format) {
    return switch (format) {
      case DEFAULT -> "";
      case JSON -> "FORMAT JSON";
      case JSON_UTF8 -> "FORMAT JSON ENCODING UTF8";
      case JSON_UTF16 -> "FORMAT JSON ENCODING UTF16";
      case JSON_UTF32 -> "FORMAT JSON ENCODING UTF32";
    };
  }

  private static String onNull(boolean absent) {
    return absent ? "ABSENT ON NULL" : "NULL ON NULL";
  }

  private static String unique(boolean unique) {
    return unique ? "WITH UNIQUE KEYS" : "";
  }

  private String returning(JsonReturning returning) {
    return returning
        .type()
        .map(type ->
            Layout.words("RETURNING", printer.types().print(type), format(returning.format())))
        .orElse("");
  }

  private String pathCall(JsonExpression.PathCall call) {
    return call.function()
        + "("
        + Layout.words(
            value(call.context()) + ",",
            operand(call.path()),
            passing(call.passing()),
            returning(call.returning()),
            options(call.options()))
        + ")";
  }

  private String passing(List<JsonPassing> variables) {
    return variables.isEmpty()
        ? ""
        : "PASSING "
            + Layout.list(
                variables.stream()
                    .map(v -> value(v.value()) + " AS " + Quoting.identifier(v.name()))
                    .toList());
  }

  private String options(JsonOptions options) {
    String wrapper =
        switch (options.wrapper()) {
          case UNSPECIFIED -> "";
          case WITHOUT -> "WITHOUT WRAPPER";
          case CONDITIONAL -> "WITH CONDITIONAL WRAPPER";
          case UNCONDITIONAL -> "WITH UNCONDITIONAL WRAPPER";
        };
    String quotes =
        switch (options.quotes()) {
          case UNSPECIFIED -> "";
          case KEEP -> "KEEP QUOTES";
          case OMIT -> "OMIT QUOTES";
        };
    return Layout.words(
        wrapper,
        quotes,
        behavior(options.onEmpty(), "ON EMPTY"),
        behavior(options.onError(), "ON ERROR"));
  }

  private String behavior(JsonBehavior behavior, String event) {
    return switch (behavior) {
      case JsonBehavior.Unspecified() -> "";
      case JsonBehavior.Fixed(var outcome) -> outcome.name().replace('_', ' ') + " " + event;
      case JsonBehavior.Default(var value) -> "DEFAULT " + operand(value) + " " + event;
    };
  }

  String print(JsonTableItem.JsonTable table) {
    return "JSON_TABLE("
        + Layout.words(
            value(table.context()) + ",",
            path("", table.path()),
            passing(table.passing()),
            columns(table.columns()),
            behavior(table.onError(), "ON ERROR"))
        + ")";
  }

  private static String path(String keyword, JsonTableItem.Path path) {
    if (path.equals(JsonTableItem.Path.DEFAULT)) {
      return "";
    }
    return Layout.words(
        keyword,
        Quoting.literal(path.path()),
        path.name().isEmpty() ? "" : "AS " + Quoting.identifier(path.name()));
  }

  private String columns(List<JsonTableItem.Column> columns) {
    List<String> printed = new ArrayList<>();
    columns.forEach(column -> printed.add(column(column)));
    return Layout.enclosed("COLUMNS (", printed, ")");
  }

  private String column(JsonTableItem.Column column) {
    return switch (column) {
      case JsonTableItem.Ordinality(String name) -> Quoting.identifier(name) + " FOR ORDINALITY";
      case JsonTableItem.Value value ->
          Layout.words(
              Quoting.identifier(value.name()),
              printer.types().print(value.type()),
              format(value.format()),
              path("PATH", value.path()),
              options(value.options()));
      case JsonTableItem.Exists exists ->
          Layout.words(
              Quoting.identifier(exists.name()),
              printer.types().print(exists.type()),
              "EXISTS",
              path("PATH", exists.path()),
              behavior(exists.onError(), "ON ERROR"));
      case JsonTableItem.Nested(var path, var columns) ->
          Layout.words("NESTED", path("PATH", path), columns(columns));
    };
  }
}
