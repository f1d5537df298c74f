package dev.freshet.refresh.parse;

import dev.freshet.refresh.sql.Expression;
import dev.freshet.refresh.sql.JsonFormat;
import dev.freshet.refresh.sql.JsonTableItem;
import dev.freshet.refresh.sql.JsonTableItem.Column;
import dev.freshet.refresh.sql.JsonTableItem.Path;
import dev.freshet.refresh.sql.Literal;
import java.util.List;

/** Reads JSON_TABLE. */
final class JsonTableReader {
  private final TreeReader tree;

  JsonTableReader(TreeReader tree) {
    this.tree = tree;
  }

  JsonTableItem.JsonTable read(ParseNode node) {
    return new JsonTableItem.JsonTable(
        tree.json().valueIn(node, "context_item"),
        path(node),
        tree.json().passing(node),
        columns(node),
        tree.json().behavior(node, "on_error"));
  }

  private List<Column> columns(ParseNode owner) {
    return owner.nodes("columns").stream().map(this::column).toList();
  }

  private Column column(ParseNode node) {
    node.require("JsonTableColumn");
    String type = node.text("coltype");
    if (!type.equals("JTC_REGULAR") && !type.equals("JTC_FORMATTED")) {
      node.ignoring("wrapper", "quotes");
      if (tree.json().format(node) != JsonFormat.DEFAULT) {
        throw node.unsupported("with a format");
      }
    }
    return node.complete(
        switch (type) {
          case "JTC_FOR_ORDINALITY" -> new JsonTableItem.Ordinality(node.text("name"));
          case "JTC_REGULAR", "JTC_FORMATTED" ->
              new JsonTableItem.Value(
                  node.text("name"),
                  tree.types().in(node),
                  tree.json().format(node),
                  path(node),
                  tree.json().options(node));
          case "JTC_EXISTS" ->
              new JsonTableItem.Exists(
                  node.text("name"),
                  tree.types().in(node),
                  path(node),
                  tree.json().behavior(node, "on_error"));
          case "JTC_NESTED" -> new JsonTableItem.Nested(path(node), columns(node));
          default -> throw node.unsupported("of another kind");
        });
  }

  private Path path(ParseNode owner) {
    return owner
        .optionalPart("pathspec", "JsonTablePathSpec")
        .map(this::readPath)
        .orElse(Path.DEFAULT);
  }

  private Path readPath(ParseNode node) {
    Expression text = tree.expressions().read(node.node("string"));
    if (text instanceof Literal.Text(String path)) {
      return node.ignoring("name_location").complete(new Path(path, node.text("name")));
    }
    throw node.unsupported("with a computed path");
  }
}
