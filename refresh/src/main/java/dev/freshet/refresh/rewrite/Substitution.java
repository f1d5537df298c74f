package dev.freshet.refresh.rewrite;

import dev.freshet.refresh.sql.Expression;
import java.util.Map;

/** Replaces whole subexpressions, outer ones first; what was put in is not looked at again. */
final class Substitution {

  private final Map<Expression, Expression> replacements;

  Substitution(Map<Expression, Expression> replacements) {
    this.replacements = Map.copyOf(replacements);
  }

  Expression in(Expression expression) {
    Expression replacement = replacements.get(expression);
    return replacement != null ? replacement : expression.mapChildren(this::in);
  }
}
