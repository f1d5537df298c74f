package dev.freshet.refresh.parse;

import dev.freshet.refresh.sql.ColumnDefinition;
import dev.freshet.refresh.sql.TypeName;
import java.util.List;
import java.util.Optional;

/** Reads types and what is declared with them. */
final class TypeReader {
  private final TreeReader tree;

  TypeReader(TreeReader tree) {
    this.tree = tree;
  }

  TypeName read(ParseNode node) {
    return node.complete(
        new TypeName(
            node.names("names"),
            tree.expressions().readAll(node.nodes("typmods")),
            dimensions(node)));
  }

  TypeName in(ParseNode owner) {
    return read(owner.part("typeName", "TypeName"));
  }

  Optional<TypeName> optionalIn(ParseNode owner) {
    return owner.optionalPart("typeName", "TypeName").map(this::read);
  }

  /** The bounds written in the brackets are ignored by PostgreSQL, too. */
  private static int dimensions(ParseNode node) {
    return node.nodes("arrayBounds").size();
  }

  List<ColumnDefinition> columnDefinitions(List<ParseNode> nodes) {
    return nodes.stream().map(this::columnDefinition).toList();
  }

  private ColumnDefinition columnDefinition(ParseNode node) {
    node.require("ColumnDef");
    List<String> collation =
        node.optionalPart("collClause", "CollateClause")
            .map(clause -> clause.complete(clause.names("collname")))
            .orElse(List.of());
    return node.ignoring("is_local")
        .complete(new ColumnDefinition(node.text("colname"), in(node), collation));
  }
}
