package dev.freshet.refresh.parse;

import dev.freshet.refresh.sql.CallModifiers;
import dev.freshet.refresh.sql.Expression;
import dev.freshet.refresh.sql.JsonBehavior;
import dev.freshet.refresh.sql.JsonExpression;
import dev.freshet.refresh.sql.JsonFormat;
import dev.freshet.refresh.sql.JsonOptions;
import dev.freshet.refresh.sql.JsonPassing;
import dev.freshet.refresh.sql.JsonReturning;
import dev.freshet.refresh.sql.JsonValue;
import java.util.List;

/** Reads SQL/JSON expressions. */
final class JsonExpressionReader {
  private final TreeReader tree;

  JsonExpressionReader(TreeReader tree) {
    this.tree = tree;
  }

  Expression read(ParseNode node) {
    return switch (node.kind()) {
      case "JsonObjectConstructor" ->
          new JsonExpression.ObjectOf(
              node.nodes("exprs").stream().map(this::entry).toList(),
              node.flag("absent_on_null"),
              node.flag("unique"),
              returning(node));
      case "JsonArrayConstructor" ->
          new JsonExpression.ArrayOf(
              node.nodes("exprs").stream().map(this::value).toList(),
              node.flag("absent_on_null"),
              returning(node));
      case "JsonArrayQueryConstructor" ->
          new JsonExpression.ArrayOfQuery(
              tree.queries().read(node.ignoring("absent_on_null").node("query")),
              format(node),
              returning(node));
      case "JsonObjectAgg", "JsonArrayAgg" -> aggregate(node);
      case "JsonIsPredicate" -> isJson(node);
      case "JsonParseExpr" ->
          new JsonExpression.Parse(valueIn(node, "expr"), node.flag("unique_keys"));
      case "JsonScalarExpr" ->
          new JsonExpression.ScalarOf(tree.expressions().read(node.node("expr")));
      case "JsonSerializeExpr" ->
          new JsonExpression.Serialize(valueIn(node, "expr"), returning(node));
      case "JsonFuncExpr" -> pathCall(node);
      default -> throw node.unsupported("as an expression");
    };
  }

  private Expression aggregate(ParseNode node) {
    ParseNode constructor = node.part("constructor", "JsonAggConstructor");
    CallModifiers modifiers =
        new CallModifiers(
            false,
            tree.calls().sortKeys(constructor.nodes("agg_order")),
            false,
            tree.expressions().conjuncts(constructor.optionalNode("agg_filter")));
    JsonReturning returning = returning(constructor);
    boolean absentOnNull = node.flag("absent_on_null");
    Expression call =
        node.kind().equals("JsonObjectAgg")
            ? new JsonExpression.ObjectAggregate(
                entry(node.part("arg", "JsonKeyValue")),
                absentOnNull,
                node.flag("unique"),
                returning,
                modifiers,
                constructor.position())
            : new JsonExpression.ArrayAggregate(
                valueIn(node, "arg"), absentOnNull, returning, modifiers, constructor.position());
    return constructor.complete(tree.calls().over(constructor, call));
  }

  private JsonExpression.Entry entry(ParseNode node) {
    node.require("JsonKeyValue");
    return node.complete(
        new JsonExpression.Entry(
            tree.expressions().read(node.node("key")), valueIn(node, "value")));
  }

  JsonValue valueIn(ParseNode node, String field) {
    return value(node.part(field, "JsonValueExpr"));
  }

  private JsonValue value(ParseNode node) {
    node.require("JsonValueExpr");
    return node.complete(
        new JsonValue(tree.expressions().read(node.node("raw_expr")), format(node)));
  }

  JsonFormat format(ParseNode owner) {
    return owner
        .optionalPart("format", "JsonFormat")
        .map(this::readFormat)
        .orElse(JsonFormat.DEFAULT);
  }

  private JsonFormat readFormat(ParseNode node) {
    String encoding = node.text("encoding");
    return node.complete(
        switch (node.text("format_type")) {
          case "JS_FORMAT_DEFAULT" -> JsonFormat.DEFAULT;
          case "JS_FORMAT_JSON" ->
              encoding.equals("JS_ENC_DEFAULT")
                  ? JsonFormat.JSON
                  : JsonFormat.valueOf(encoding.replaceFirst("^JS_ENC_", "JSON_"));
          default -> throw node.unsupported("of another type");
        });
  }

  private JsonReturning returning(ParseNode owner) {
    return owner.optionalPart("output", "JsonOutput").map(this::output).orElse(JsonReturning.NONE);
  }

  private JsonReturning output(ParseNode node) {
    JsonFormat format =
        node.optionalPart("returning", "JsonReturning")
            .map(clause -> clause.complete(format(clause)))
            .orElse(JsonFormat.DEFAULT);
    return node.complete(new JsonReturning(tree.types().optionalIn(node), format));
  }

  private Expression isJson(ParseNode node) {
    if (format(node) != JsonFormat.DEFAULT) {
      throw node.unsupported("with a format");
    }
    return new JsonExpression.IsJson(
        tree.expressions().read(node.node("expr")),
        JsonExpression.IsJson.Kind.valueOf(node.text("item_type").replaceFirst("^JS_TYPE_", "")),
        node.flag("unique_keys"));
  }

  private Expression pathCall(ParseNode node) {
    JsonExpression.PathCall.Function function =
        switch (node.text("op")) {
          case "JSON_EXISTS_OP" -> JsonExpression.PathCall.Function.JSON_EXISTS;
          case "JSON_VALUE_OP" -> JsonExpression.PathCall.Function.JSON_VALUE;
          case "JSON_QUERY_OP" -> JsonExpression.PathCall.Function.JSON_QUERY;
          default -> throw node.unsupported("of another kind");
        };
    return new JsonExpression.PathCall(
        function,
        valueIn(node, "context_item"),
        tree.expressions().read(node.node("pathspec")),
        passing(node),
        returning(node),
        options(node));
  }

  List<JsonPassing> passing(ParseNode owner) {
    return owner.nodes("passing").stream().map(this::variable).toList();
  }

  private JsonPassing variable(ParseNode node) {
    node.require("JsonArgument");
    return node.complete(new JsonPassing(valueIn(node, "val"), node.text("name")));
  }

  JsonOptions options(ParseNode owner) {
    return new JsonOptions(
        wrapper(owner), quotes(owner), behavior(owner, "on_empty"), behavior(owner, "on_error"));
  }

  private static JsonOptions.Wrapper wrapper(ParseNode owner) {
    return switch (owner.text("wrapper")) {
      case "JSW_UNSPEC" -> JsonOptions.Wrapper.UNSPECIFIED;
      case "JSW_NONE" -> JsonOptions.Wrapper.WITHOUT;
      case "JSW_CONDITIONAL" -> JsonOptions.Wrapper.CONDITIONAL;
      case "JSW_UNCONDITIONAL" -> JsonOptions.Wrapper.UNCONDITIONAL;
      default -> throw owner.unsupported("with another wrapper");
    };
  }

  private static JsonOptions.Quotes quotes(ParseNode owner) {
    return switch (owner.text("quotes")) {
      case "JS_QUOTES_UNSPEC" -> JsonOptions.Quotes.UNSPECIFIED;
      case "JS_QUOTES_KEEP" -> JsonOptions.Quotes.KEEP;
      case "JS_QUOTES_OMIT" -> JsonOptions.Quotes.OMIT;
      default -> throw owner.unsupported("with other quotes");
    };
  }

  JsonBehavior behavior(ParseNode owner, String field) {
    return owner
        .optionalPart(field, "JsonBehavior")
        .map(this::readBehavior)
        .orElseGet(() -> new JsonBehavior.Unspecified());
  }

  private JsonBehavior readBehavior(ParseNode node) {
    String outcome = node.text("btype").replaceFirst("^JSON_BEHAVIOR_", "");
    return node.complete(
        outcome.equals("DEFAULT")
            ? new JsonBehavior.Default(tree.expressions().read(node.node("expr")))
            : new JsonBehavior.Fixed(JsonBehavior.Outcome.valueOf(outcome)));
  }
}
