package dev.freshet.refresh.sql;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A scalar expression as it is written. Immutable; equality is structural.
 *
 * <p>Children are the direct subexpressions of the same query level: what stands inside a subquery
 * is reached through {@link #mapNodes(NodeMapping)} or {@link TreeRewriter}, not through {@link
 * #children()}.
 */
public sealed interface Expression
    permits And,
        ArrayComparison,
        ArrayConstructor,
        Between,
        BinaryOperation,
        BooleanTest,
        Case,
        Cast,
        Coalesce,
        Collate,
        ColumnReference,
        DefaultValue,
        DistinctTest,
        FunctionCall,
        Greatest,
        GroupingCall,
        InList,
        Indirection,
        JsonExpression,
        Least,
        Literal,
        NamedArgument,
        Not,
        NullIf,
        NullTest,
        Or,
        Parameter,
        RowConstructor,
        SimpleCase,
        Star,
        SubqueryExpression,
        UnaryOperation,
        ValueFunction,
        VariadicArgument,
        WindowCall,
        XmlExpression {

  /** The same expression over what the mapping makes of its parts. */
  Expression mapNodes(NodeMapping mapping);

  /** The direct subexpressions, in the order in which they are written. */
  default List<Expression> children() {
    List<Expression> children = new ArrayList<>();
    mapChildren(child -> {
      children.add(child);
      return child;
    });
    return List.copyOf(children);
  }

  /** The same expression over other subexpressions, of which there must be as many. */
  default Expression withChildren(List<Expression> children) {
    Iterator<Expression> next = children.iterator();
    Expression changed = mapChildren(child -> next.next());
    if (next.hasNext()) {
      throw new IllegalArgumentException("more children than the expression has");
    }
    return changed;
  }

  /** The same expression with each direct subexpression replaced. */
  default Expression mapChildren(UnaryOperator<Expression> mapping) {
    return mapNodes(NodeMapping.ofExpressions(mapping));
  }

  /**
   * Where the expression stood in its text; the place of its first known part if it does not know
   * its own.
   */
  default Position position() {
    return children().stream()
        .map(Expression::position)
        .filter(Position::isKnown)
        .findFirst()
        .orElse(Position.NONE);
  }
}
