package dev.freshet.refresh.parse;

import dev.freshet.refresh.sql.CommonTable;
import dev.freshet.refresh.sql.With;
import java.util.Optional;

/** Reads WITH clauses. */
final class WithReader {
  private final TreeReader tree;

  WithReader(TreeReader tree) {
    this.tree = tree;
  }

  With read(Optional<ParseNode> clause) {
    return clause.map(this::readClause).orElse(With.NONE);
  }

  private With readClause(ParseNode node) {
    return node.complete(
        new With(
            node.flag("recursive"), node.nodes("ctes").stream().map(this::commonTable).toList()));
  }

  private CommonTable commonTable(ParseNode node) {
    node.require("CommonTableExpr");
    CommonTable.Materialization materialization =
        switch (node.text("ctematerialized")) {
          case "CTEMaterializeDefault" -> CommonTable.Materialization.UNSPECIFIED;
          case "CTEMaterializeAlways" -> CommonTable.Materialization.MATERIALIZED;
          case "CTEMaterializeNever" -> CommonTable.Materialization.NOT_MATERIALIZED;
          default -> throw node.unsupported("materialized otherwise");
        };
    return node.complete(
        new CommonTable(
            node.text("ctename"),
            node.names("aliascolnames"),
            materialization,
            tree.queries().read(node.node("ctequery")),
            node.optionalPart("search_clause", "CTESearchClause").map(WithReader::search),
            node.optionalPart("cycle_clause", "CTECycleClause").map(this::cycle)));
  }

  private static CommonTable.Search search(ParseNode node) {
    return node.complete(
        new CommonTable.Search(
            node.flag("search_breadth_first"),
            node.names("search_col_list"),
            node.text("search_seq_column")));
  }

  private CommonTable.Cycle cycle(ParseNode node) {
    return node.complete(
        new CommonTable.Cycle(
            node.names("cycle_col_list"),
            node.text("cycle_mark_column"),
            tree.expressions().read(node.node("cycle_mark_value")),
            tree.expressions().read(node.node("cycle_mark_default")),
            node.text("cycle_path_column")));
  }
}
