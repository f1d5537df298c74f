package dev.freshet.refresh.parse;

import dev.freshet.refresh.sql.CallModifiers;
import dev.freshet.refresh.sql.Expression;
import dev.freshet.refresh.sql.FunctionCall;
import dev.freshet.refresh.sql.SortKey;
import dev.freshet.refresh.sql.StandardSyntax;
import dev.freshet.refresh.sql.Star;
import dev.freshet.refresh.sql.ValueFunction;
import dev.freshet.refresh.sql.VariadicArgument;
import dev.freshet.refresh.sql.WindowCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads calls of functions and aggregates. */
final class CallReader {
  private final TreeReader tree;
  private final WindowReader windows;

  CallReader(TreeReader tree) {
    this.tree = tree;
    this.windows = new WindowReader(tree);
  }

  WindowReader windows() {
    return windows;
  }

  Expression read(ParseNode node) {
    return node.kind().equals("FuncCall") ? functionCall(node) : valueFunction(node);
  }

  /** The call, over a window if the node has one. */
  Expression over(ParseNode node, Expression call) {
    return node.optionalPart("over", "WindowDef")
        .<Expression>map(window -> new WindowCall(call, windows.read(window)))
        .orElse(call);
  }

  private Expression functionCall(ParseNode node) {
    FunctionCall call =
        new FunctionCall(
            node.names("funcname"),
            arguments(node),
            new CallModifiers(
                node.flag("agg_distinct"),
                sortKeys(node.nodes("agg_order")),
                node.flag("agg_within_group"),
                tree.expressions().conjuncts(node.optionalNode("agg_filter"))),
            syntax(node),
            node.position());
    if (call.syntax() == FunctionCall.Syntax.STANDARD && !StandardSyntax.covers(call)) {
      throw node.unsupported("of " + call.name().getLast());
    }
    return over(node, call);
  }

  private List<Expression> arguments(ParseNode node) {
    if (node.flag("agg_star")) {
      return List.of(new Star(List.of()));
    }
    List<Expression> arguments = new ArrayList<>(tree.expressions().readAll(node.nodes("args")));
    if (node.flag("func_variadic")) {
      arguments.add(new VariadicArgument(arguments.removeLast()));
    }
    return arguments;
  }

  private static FunctionCall.Syntax syntax(ParseNode node) {
    return switch (node.text("funcformat")) {
      case "COERCE_EXPLICIT_CALL" -> FunctionCall.Syntax.ORDINARY;
      case "COERCE_SQL_SYNTAX" -> FunctionCall.Syntax.STANDARD;
      default -> throw node.unsupported("of another form");
    };
  }

  List<SortKey> sortKeys(List<ParseNode> nodes) {
    return nodes.stream().map(this::sortKey).toList();
  }

  private SortKey sortKey(ParseNode node) {
    node.require("SortBy");
    Expression expression = tree.expressions().read(node.node("node"));
    return node.complete(new SortKey(expression, direction(node), nulls(node)));
  }

  private static SortKey.Direction direction(ParseNode node) {
    return switch (node.text("sortby_dir")) {
      case "SORTBY_DEFAULT", "SORTBY_ASC" -> new SortKey.Ascending();
      case "SORTBY_DESC" -> new SortKey.Descending();
      case "SORTBY_USING" -> new SortKey.Using(OperatorReader.name(node, "useOp"));
      default -> throw node.unsupported("in another direction");
    };
  }

  private static SortKey.Nulls nulls(ParseNode node) {
    return switch (node.text("sortby_nulls")) {
      case "SORTBY_NULLS_DEFAULT" -> SortKey.Nulls.DEFAULT;
      case "SORTBY_NULLS_FIRST" -> SortKey.Nulls.FIRST;
      case "SORTBY_NULLS_LAST" -> SortKey.Nulls.LAST;
      default -> throw node.unsupported("with nulls elsewhere");
    };
  }

  private static Expression valueFunction(ParseNode node) {
    String name = node.text("op").replaceFirst("^SVFOP_", "");
    Optional<String> plain =
        Optional.of(name).filter(n -> n.endsWith("_N")).map(n -> n.substring(0, n.length() - 2));
    OptionalInt precision =
        plain.isPresent() ? OptionalInt.of(node.number("typmod")) : OptionalInt.empty();
    return new ValueFunction(
        ValueFunction.Kind.valueOf(plain.orElse(name)), precision, node.position());
  }
}
