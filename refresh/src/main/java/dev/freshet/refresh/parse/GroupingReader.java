package dev.freshet.refresh.parse;

import dev.freshet.refresh.sql.Grouping;
import java.util.List;

/** Reads the elements of GROUP BY. */
final class GroupingReader {
  private final TreeReader tree;

  GroupingReader(TreeReader tree) {
    this.tree = tree;
  }

  Grouping.Element read(ParseNode node) {
    if (node.kind().equals("GroupingSet")) {
      return node.complete(set(node));
    }
    // (a, b) is a grouping set of two columns, ROW(a, b) is one value.
    if (node.kind().equals("RowExpr") && node.text("row_format").equals("COERCE_IMPLICIT_CAST")) {
      return node.complete(new Grouping.Columns(tree.expressions().readAll(node.nodes("args"))));
    }
    return new Grouping.Columns(List.of(tree.expressions().read(node)));
  }

  private Grouping.Element set(ParseNode node) {
    List<Grouping.Element> content = node.nodes("content").stream().map(this::read).toList();
    return switch (node.text("kind")) {
      case "GROUPING_SET_EMPTY" -> new Grouping.Columns(List.of());
      case "GROUPING_SET_ROLLUP" -> new Grouping.Rollup(content);
      case "GROUPING_SET_CUBE" -> new Grouping.Cube(content);
      case "GROUPING_SET_SETS" -> new Grouping.Sets(content);
      default -> throw node.unsupported("of another kind");
    };
  }
}
