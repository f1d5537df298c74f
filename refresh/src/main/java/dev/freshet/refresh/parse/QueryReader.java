package dev.freshet.refresh.parse;

import dev.freshet.refresh.sql.Distinctness;
import dev.freshet.refresh.sql.Expression;
import dev.freshet.refresh.sql.Grouping;
import dev.freshet.refresh.sql.Locking;
import dev.freshet.refresh.sql.Ordering;
import dev.freshet.refresh.sql.Query;
import dev.freshet.refresh.sql.Select;
import dev.freshet.refresh.sql.SetOperation;
import dev.freshet.refresh.sql.Target;
import dev.freshet.refresh.sql.Values;
import dev.freshet.refresh.sql.With;
import java.util.List;
import java.util.Optional;

/** Reads queries: PostgreSQL has one parse node for SELECT, set operations and VALUES. */
final class QueryReader {
  private final TreeReader tree;
  private final WithReader withs;
  private final GroupingReader groupings;

  QueryReader(TreeReader tree) {
    this.tree = tree;
    this.withs = new WithReader(tree);
    this.groupings = new GroupingReader(tree);
  }

  Query read(ParseNode node) {
    node.require("SelectStmt");
    return tree.nested(node, () -> node.complete(query(node)));
  }

  private Query query(ParseNode node) {
    With with = withs.read(node.optionalPart("withClause", "WithClause"));
    Ordering ordering = ordering(node);
    String operation = node.text("op");
    return switch (operation) {
      case "SETOP_NONE" ->
          node.has("valuesLists")
              ? new Values(with, rows(node), ordering)
              : select(node, with, ordering);
      case "SETOP_UNION", "SETOP_INTERSECT", "SETOP_EXCEPT" ->
          new SetOperation(
              with,
              SetOperation.Kind.valueOf(operation.replaceFirst("^SETOP_", "")),
              node.flag("all"),
              read(node.part("larg", "SelectStmt")),
              read(node.part("rarg", "SelectStmt")),
              ordering);
      default -> throw node.unsupported("of another kind");
    };
  }

  private List<List<Expression>> rows(ParseNode node) {
    return node.nodes("valuesLists").stream()
        .map(row -> row.complete(tree.expressions().readAll(row.nodes("items"))))
        .toList();
  }

  private Select select(ParseNode node, With with, Ordering ordering) {
    return Select.builder()
        .with(with)
        .distinct(distinctness(node))
        .targets(node.nodes("targetList").stream().map(this::target).toList())
        .from(node.nodes("fromClause").stream().map(tree.fromItems()::read).toList())
        .where(tree.expressions().conjuncts(node.optionalNode("whereClause")))
        .grouping(grouping(node))
        .windows(
            node.nodes("windowClause").stream().map(tree.calls().windows()::declaration).toList())
        .ordering(ordering)
        .locking(node.nodes("lockingClause").stream().map(QueryReader::locking).toList())
        .build();
  }

  private Target target(ParseNode node) {
    node.require("ResTarget");
    return node.complete(new Target(tree.expressions().read(node.node("val")), node.text("name")));
  }

  /** DISTINCT is a list with nothing in its one place, DISTINCT ON a list of expressions. */
  private Distinctness distinctness(ParseNode node) {
    if (!node.has("distinctClause")) {
      return new Distinctness.KeepDuplicates();
    }
    List<ParseNode> expressions = node.presentNodes("distinctClause");
    return expressions.isEmpty()
        ? new Distinctness.DistinctRows()
        : new Distinctness.DistinctOn(tree.expressions().readAll(expressions));
  }

  private Grouping grouping(ParseNode node) {
    return new Grouping(
        node.nodes("groupClause").stream().map(groupings::read).toList(),
        node.flag("groupDistinct"),
        tree.expressions().conjuncts(node.optionalNode("havingClause")));
  }

  private Ordering ordering(ParseNode node) {
    return new Ordering(
        tree.calls().sortKeys(node.nodes("sortClause")),
        limit(node),
        tree.expressions().read(node.optionalNode("limitOffset")));
  }

  private Ordering.Limit limit(ParseNode node) {
    String option = node.text("limitOption");
    Optional<Expression> count = tree.expressions().read(node.optionalNode("limitCount"));
    if (count.isEmpty()) {
      return new Ordering.Unlimited();
    }
    return option.equals("LIMIT_OPTION_WITH_TIES")
        ? new Ordering.RowsWithTies(count.get())
        : new Ordering.Rows(count.get());
  }

  private static Locking locking(ParseNode node) {
    node.require("LockingClause");
    Locking.Strength strength =
        switch (node.text("strength")) {
          case "LCS_FORKEYSHARE" -> Locking.Strength.KEY_SHARE;
          case "LCS_FORSHARE" -> Locking.Strength.SHARE;
          case "LCS_FORNOKEYUPDATE" -> Locking.Strength.NO_KEY_UPDATE;
          case "LCS_FORUPDATE" -> Locking.Strength.UPDATE;
          default -> throw node.unsupported("of another strength");
        };
    Locking.Wait ifLocked =
        switch (node.text("waitPolicy")) {
          case "LockWaitBlock" -> Locking.Wait.BLOCK;
          case "LockWaitSkip" -> Locking.Wait.SKIP_LOCKED;
          case "LockWaitError" -> Locking.Wait.NOWAIT;
          default -> throw node.unsupported("with another policy");
        };
    return node.complete(new Locking(strength, lockedTables(node), ifLocked));
  }

  private static List<String> lockedTables(ParseNode node) {
    return node.nodes("lockedRels").stream()
        .map(table -> table.ignoring("relpersistence", "inh").complete(table.text("relname")))
        .toList();
  }
}
