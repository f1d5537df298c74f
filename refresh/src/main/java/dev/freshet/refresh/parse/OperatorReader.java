package dev.freshet.refresh.parse;

import dev.freshet.refresh.sql.ArrayComparison;
import dev.freshet.refresh.sql.Between;
import dev.freshet.refresh.sql.BinaryOperation;
import dev.freshet.refresh.sql.DistinctTest;
import dev.freshet.refresh.sql.Expression;
import dev.freshet.refresh.sql.InList;
import dev.freshet.refresh.sql.NullIf;
import dev.freshet.refresh.sql.OperatorName;
import dev.freshet.refresh.sql.Position;
import dev.freshet.refresh.sql.Quantifier;
import dev.freshet.refresh.sql.Query;
import dev.freshet.refresh.sql.SubqueryExpression;
import dev.freshet.refresh.sql.UnaryOperation;
import java.util.List;

/** Reads operators, and the subqueries that are compared with something. */
final class OperatorReader {
  private final TreeReader tree;

  OperatorReader(TreeReader tree) {
    this.tree = tree;
  }

  Expression operation(ParseNode node) {
    return switch (node.text("kind")) {
      // LIKE and SIMILAR TO are resolved as the operators that they name.
      case "AEXPR_OP", "AEXPR_LIKE", "AEXPR_ILIKE", "AEXPR_SIMILAR" -> plain(node);
      case "AEXPR_OP_ANY" -> arrayComparison(node, Quantifier.ANY);
      case "AEXPR_OP_ALL" -> arrayComparison(node, Quantifier.ALL);
      case "AEXPR_DISTINCT" -> distinctTest(node, false);
      case "AEXPR_NOT_DISTINCT" -> distinctTest(node, true);
      case "AEXPR_NULLIF" -> nullIf(node);
      case "AEXPR_IN" -> inList(node);
      case "AEXPR_BETWEEN" -> between(node, false, false);
      case "AEXPR_NOT_BETWEEN" -> between(node, true, false);
      case "AEXPR_BETWEEN_SYM" -> between(node, false, true);
      case "AEXPR_NOT_BETWEEN_SYM" -> between(node, true, true);
      default -> throw node.unsupported("of another kind");
    };
  }

  private Expression plain(ParseNode node) {
    OperatorName name = name(node, "name");
    Expression right = side(node, "rexpr");
    return node.has("lexpr")
        ? new BinaryOperation(name, side(node, "lexpr"), right)
        : new UnaryOperation(name, right);
  }

  private Expression arrayComparison(ParseNode node, Quantifier quantifier) {
    return new ArrayComparison(
        side(node, "lexpr"), name(node, "name"), quantifier, side(node, "rexpr"));
  }

  private Expression distinctTest(ParseNode node, boolean negated) {
    node.ignoring("name");
    return new DistinctTest(side(node, "lexpr"), side(node, "rexpr"), negated);
  }

  private Expression nullIf(ParseNode node) {
    node.ignoring("name");
    return new NullIf(side(node, "lexpr"), side(node, "rexpr"));
  }

  private Expression inList(ParseNode node) {
    boolean negated = name(node, "name").symbol().equals("<>");
    return new InList(side(node, "lexpr"), items(node), negated);
  }

  private Expression between(ParseNode node, boolean negated, boolean symmetric) {
    node.ignoring("name");
    List<Expression> bounds = items(node);
    return new Between(
        side(node, "lexpr"), bounds.getFirst(), bounds.getLast(), negated, symmetric);
  }

  private List<Expression> items(ParseNode node) {
    ParseNode list = node.node("rexpr");
    list.require("List");
    return tree.expressions().readAll(list.nodes("items"));
  }

  private Expression side(ParseNode node, String field) {
    return tree.expressions().read(node.node(field));
  }

  /** The name of an operator, as a list of an optional schema and a symbol. */
  static OperatorName name(ParseNode node, String field) {
    List<String> path = node.names(field);
    return switch (path.size()) {
      case 1 -> OperatorName.of(path.getFirst());
      case 2 -> new OperatorName(path.getFirst(), path.getLast());
      default -> throw node.unsupported("with an operator of " + path.size() + " names");
    };
  }

  Expression subquery(ParseNode node) {
    Query query = tree.queries().read(node.node("subselect"));
    Position position = node.position();
    return switch (node.text("subLinkType")) {
      case "EXISTS_SUBLINK" -> new SubqueryExpression.Exists(query, position);
      case "EXPR_SUBLINK" -> new SubqueryExpression.Scalar(query, position);
      case "ARRAY_SUBLINK" -> new SubqueryExpression.ArrayOf(query, position);
      case "ANY_SUBLINK" -> quantified(node, Quantifier.ANY, query);
      case "ALL_SUBLINK" -> quantified(node, Quantifier.ALL, query);
      default -> throw node.unsupported("of another kind");
    };
  }

  private Expression quantified(ParseNode node, Quantifier quantifier, Query query) {
    // IN has no operator here; PostgreSQL makes it = ANY.
    OperatorName operator = node.has("operName") ? name(node, "operName") : OperatorName.EQUAL;
    return new SubqueryExpression.Quantified(
        side(node, "testexpr"), operator, quantifier, query, node.position());
  }
}
