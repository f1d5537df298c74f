package dev.freshet.refresh.parse;

import dev.freshet.refresh.sql.Alias;
import dev.freshet.refresh.sql.Expression;
import dev.freshet.refresh.sql.FromItem;
import dev.freshet.refresh.sql.FunctionItem;
import dev.freshet.refresh.sql.JoinCondition;
import dev.freshet.refresh.sql.JoinItem;
import dev.freshet.refresh.sql.JsonTableItem;
import dev.freshet.refresh.sql.SampledTable;
import dev.freshet.refresh.sql.SubqueryItem;
import dev.freshet.refresh.sql.TableReference;
import dev.freshet.refresh.sql.XmlTableItem;
import java.util.List;

/** Reads the entries of FROM clauses. */
final class FromReader {
  private final TreeReader tree;

  FromReader(TreeReader tree) {
    this.tree = tree;
  }

  FromItem read(ParseNode node) {
    return node.complete(
        switch (node.kind()) {
          case "RangeVar" -> table(node);
          case "JoinExpr" -> join(node);
          case "RangeSubselect" ->
              new SubqueryItem(
                  tree.queries().read(node.node("subquery")), node.flag("lateral"), alias(node));
          case "RangeFunction" -> function(node);
          case "RangeTableSample" -> sample(node);
          case "RangeTableFunc" ->
              new XmlTableItem(xmlTable(node), node.flag("lateral"), alias(node));
          case "JsonTable" ->
              new JsonTableItem(tree.jsonTables().read(node), node.flag("lateral"), alias(node));
          default -> throw node.unsupported("in FROM");
        });
  }

  private TableReference table(ParseNode node) {
    return node.ignoring("relpersistence")
        .complete(
            new TableReference(
                node.text("schemaname"),
                node.text("relname"),
                !node.flag("inh"),
                alias(node),
                node.position()));
  }

  private static Alias alias(ParseNode owner) {
    return owner
        .optionalPart("alias", "Alias")
        .map(node -> node.complete(new Alias(node.text("aliasname"), node.names("colnames"))))
        .orElse(Alias.NONE);
  }

  private FromItem join(ParseNode node) {
    JoinItem.Kind kind =
        switch (node.text("jointype")) {
          case "JOIN_INNER" -> JoinItem.Kind.INNER;
          case "JOIN_LEFT" -> JoinItem.Kind.LEFT;
          case "JOIN_RIGHT" -> JoinItem.Kind.RIGHT;
          case "JOIN_FULL" -> JoinItem.Kind.FULL;
          default -> throw node.unsupported("of another kind");
        };
    return new JoinItem(
        kind, read(node.node("larg")), read(node.node("rarg")), condition(node), alias(node));
  }

  private JoinCondition condition(ParseNode node) {
    if (node.flag("isNatural")) {
      return new JoinCondition.Natural();
    }
    List<String> columns = node.names("usingClause");
    if (!columns.isEmpty()) {
      return new JoinCondition.Using(
          columns,
          node.optionalPart("join_using_alias", "Alias")
              .map(alias -> alias.complete(alias.text("aliasname")))
              .orElse(""));
    }
    List<Expression> conjuncts = tree.expressions().conjuncts(node.optionalNode("quals"));
    return conjuncts.isEmpty() ? new JoinCondition.None() : new JoinCondition.On(conjuncts);
  }

  private FromItem function(ParseNode node) {
    List<FunctionItem.Source> functions =
        node.ignoring("is_rowsfrom").nodes("functions").stream().map(this::source).toList();
    List<ParseNode> columns = node.nodes("coldeflist");
    if (!columns.isEmpty()) {
      functions =
          List.of(
              new FunctionItem.Source(
                  functions.getFirst().call(), tree.types().columnDefinitions(columns)));
    }
    return new FunctionItem(functions, node.flag("ordinality"), node.flag("lateral"), alias(node));
  }

  /** A pair of a call and a list of column definitions, which may be missing. */
  private FunctionItem.Source source(ParseNode node) {
    node.require("List");
    List<ParseNode> pair = node.presentNodes("items");
    List<ParseNode> columns = pair.size() == 1 ? List.of() : pair.get(1).nodes("items");
    return node.complete(
        new FunctionItem.Source(
            tree.expressions().read(pair.getFirst()), tree.types().columnDefinitions(columns)));
  }

  private FromItem sample(ParseNode node) {
    ParseNode relation = node.node("relation");
    relation.require("RangeVar");
    return new SampledTable(
        table(relation),
        node.names("method"),
        tree.expressions().readAll(node.nodes("args")),
        tree.expressions().read(node.optionalNode("repeatable")));
  }

  private XmlTableItem.XmlTable xmlTable(ParseNode node) {
    return new XmlTableItem.XmlTable(
        node.nodes("namespaces").stream().map(this::namespace).toList(),
        tree.expressions().read(node.node("rowexpr")),
        tree.expressions().read(node.node("docexpr")),
        node.nodes("columns").stream().map(this::xmlColumn).toList());
  }

  private XmlTableItem.Namespace namespace(ParseNode node) {
    node.require("ResTarget");
    return node.complete(
        new XmlTableItem.Namespace(tree.expressions().read(node.node("val")), node.text("name")));
  }

  private XmlTableItem.Column xmlColumn(ParseNode node) {
    node.require("RangeTableFuncCol");
    if (node.flag("for_ordinality")) {
      return node.complete(new XmlTableItem.Ordinality(node.text("colname")));
    }
    return node.complete(
        new XmlTableItem.Value(
            node.text("colname"),
            tree.types().in(node),
            tree.expressions().read(node.optionalNode("colexpr")),
            tree.expressions().read(node.optionalNode("coldefexpr")),
            node.flag("is_not_null")));
  }
}
