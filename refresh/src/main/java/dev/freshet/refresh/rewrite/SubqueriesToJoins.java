package dev.freshet.refresh.rewrite;

import dev.freshet.refresh.algebra.Catalog;
import dev.freshet.refresh.sql.Alias;
import dev.freshet.refresh.sql.Expression;
import dev.freshet.refresh.sql.Expressions;
import dev.freshet.refresh.sql.FromItem;
import dev.freshet.refresh.sql.JoinCondition;
import dev.freshet.refresh.sql.JoinItem;
import dev.freshet.refresh.sql.NodeMapping;
import dev.freshet.refresh.sql.Not;
import dev.freshet.refresh.sql.Ordering;
import dev.freshet.refresh.sql.Query;
import dev.freshet.refresh.sql.Select;
import dev.freshet.refresh.sql.Sql;
import dev.freshet.refresh.sql.SubqueryExpression;
import dev.freshet.refresh.sql.TreeRewriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Replaces subqueries in expressions by relations that are joined to the rows which they are
 * evaluated for.
 *
 * <pre>
 *   WHERE EXISTS (Q)      →  JOIN δ(Q) on its keys                        semi join
 *   WHERE NOT EXISTS (Q)  →  LEFT JOIN δ(Q) … WHERE δ(Q) is not found     anti join
 *   EXISTS (Q) elsewhere  →  LEFT JOIN δ(Q),  "is found"
 *   (SELECT agg …)        →  LEFT JOIN γ(Q) by its keys,  the value, or that of no rows
 * </pre>
 *
 * <p>What is inside δ and γ becomes a stage that is kept, so that one changed row of a subquery
 * touches the outer rows that it belongs to, and no others. IN, ANY and ALL are written with EXISTS
 * first ({@link Quantifiers}). Requires distinct aliases and no USING.
 */
final class SubqueriesToJoins extends TreeRewriter {

  private final Catalog catalog;
  private final Types types;
  private final Aliases aliases;

  private SubqueriesToJoins(Catalog catalog, Types types, Aliases aliases) {
    this.catalog = catalog;
    this.types = types;
    this.aliases = aliases;
  }

  static Query in(Query query, Catalog catalog, Types types, Aliases aliases) {
    return new SubqueriesToJoins(catalog, types, aliases).query(query);
  }

  @Override
  public Query query(Query query) {
    if (!(query instanceof Select select) || !OwnExpressions.hasSubquery(select)) {
      return super.query(query);
    }
    if (select.from().isEmpty() && OwnExpressions.readsNothing(select)) {
      return select;
    }
    Optional<Select> overGroups = new GroupedRows(catalog, aliases).of(select);
    return overGroups.isPresent()
        ? query(overGroups.get())
        : super.query(new Rewriting(select).joined());
  }

  /** The rewriting of one SELECT. */
  private final class Rewriting {

    private final Select select;
    private final OuterRows rows;
    private final SubqueryRelations relations;
    private final Quantifiers quantified;
    private final Map<Expression, Expression> known = new HashMap<>();

    Rewriting(Select original) {
      List<Expression> conjuncts = new ArrayList<>(original.where());
      List<FromItem> from =
          original.from().stream().map(item -> withoutConditions(item, conjuncts)).toList();
      this.select = original.toBuilder().from(from).where(conjuncts).build();
      this.rows = new OuterRows(catalog, from);
      this.relations = new SubqueryRelations(catalog, types, rows, aliases);
      this.quantified = new Quantifiers(catalog, types, rows, aliases);
    }

    Select joined() {
      requireConstantLimits();
      List<Expression> later = new ArrayList<>();
      for (Expression conjunct : select.where()) {
        if (OwnExpressions.hasSubquery(conjunct)) {
          later.add(conjunct);
        } else {
          rows.filter(conjunct);
        }
      }
      later.forEach(this::conjunct);
      Select rest =
          select.toBuilder()
              .where(List.of())
              .build()
              .mapNodes(NodeMapping.ofExpressions(this::value));
      return rest.toBuilder().from(rows.from()).where(rows.where()).build();
    }

    /** How many rows there are cannot be a column of a row. */
    private void requireConstantLimits() {
      Ordering limits =
          new Ordering(List.of(), select.ordering().limit(), select.ordering().offset());
      limits.mapNodes(
          NodeMapping.ofExpressions(expression -> {
            if (OwnExpressions.hasSubquery(expression)) {
              throw Linearity.refusal(
                  "subquery",
                  "a subquery in LIMIT or OFFSET has no delta rule",
                  expression.position());
            }
            return expression;
          }));
    }

    /** A condition of WHERE: false and NULL are the same there. */
    private void conjunct(Expression condition) {
      switch (condition) {
        case SubqueryExpression.Exists exists when !isValue(exists) -> semiJoin(exists.query());
        case SubqueryExpression.Quantified comparison
            when quantified.isMembership(comparison) && !isValue(comparison) ->
            semiJoin(quantified.matches(withValue(comparison)));
        case SubqueryExpression.Quantified comparison
            when quantified.isOfAll(comparison) && !isValue(comparison) ->
            quantified.holds(withValue(comparison)).forEach(this::conjunct);
        case Not(SubqueryExpression.Quantified comparison)
            when quantified.isMembership(comparison) && !isValue(comparison) ->
            quantified.fails(withValue(comparison)).forEach(this::conjunct);
        default -> rows.filter(value(condition));
      }
    }

    private SubqueryExpression.Quantified withValue(SubqueryExpression.Quantified comparison) {
      return new SubqueryExpression.Quantified(
          value(comparison.operand()),
          comparison.operator(),
          comparison.quantifier(),
          comparison.query(),
          comparison.position());
    }

    private void semiJoin(Query query) {
      relations
          .existence(query)
          .ifPresent(partner -> rows.join(partner.relation(), partner.conditions()));
    }

    /** The expression with columns in the place of its subqueries. */
    private Expression value(Expression expression) {
      return Expressions.rewrite(
          expression,
          part -> part instanceof SubqueryExpression subquery ? replacement(subquery) : part);
    }

    private Expression replacement(SubqueryExpression subquery) {
      Expression found = known.get(subquery);
      if (found == null) {
        found = isValue(subquery) ? computed(subquery) : columnOf(subquery);
        known.put(subquery, found);
      }
      return found;
    }

    /** One that reads no table is a function of the row. */
    private boolean isValue(SubqueryExpression subquery) {
      return OwnExpressions.readsNothing(subquery.query());
    }

    private Expression computed(SubqueryExpression subquery) {
      String alias = aliases.next("value");
      rows.compute(subquery, SubqueryRelations.VALUE, alias);
      return Sql.column(alias, SubqueryRelations.VALUE);
    }

    private Expression columnOf(SubqueryExpression subquery) {
      return switch (subquery) {
        case SubqueryExpression.Exists exists -> existence(exists.query());
        case SubqueryExpression.Scalar scalar -> scalar(scalar.query());
        case SubqueryExpression.ArrayOf array -> array(array.query());
        case SubqueryExpression.Quantified comparison -> value(quantified.value(comparison));
      };
    }

    private Expression existence(Query query) {
      return relations
          .existence(query)
          .<Expression>map(partner -> {
            rows.extend(partner.relation(), partner.conditions());
            return Sql.isNotNull(partner.column(SubqueryRelations.FOUND));
          })
          .orElseGet(Sql::truth);
    }

    private Expression scalar(Query query) {
      SubqueryRelations.Partner partner = relations.value(query);
      add(partner);
      Expression value = partner.column(SubqueryRelations.VALUE);
      if (partner.always() || partner.conditions().isEmpty()) {
        return value;
      }
      return EmptyGroups.valueOf(query, catalog)
          .<Expression>map(empty ->
              Sql.when(
                  Sql.isNotNull(partner.column(SubqueryRelations.FOUND)),
                  value,
                  Sql.cast(empty, relations.typeOf(partner).typeName())))
          .orElse(value);
    }

    private Expression array(Query query) {
      SubqueryRelations.Partner partner = relations.array(query);
      add(partner);
      return Sql.coalesce(
          partner.column(SubqueryRelations.VALUE),
          Sql.cast(Sql.text("{}"), relations.typeOf(partner).typeName()));
    }

    private void add(SubqueryRelations.Partner partner) {
      if (partner.always()) {
        rows.join(partner.relation(), partner.conditions());
      } else {
        rows.extend(partner.relation(), partner.conditions());
      }
    }
  }

  /** Moves conditions with subqueries from inner joins to WHERE, where they mean the same. */
  private static FromItem withoutConditions(FromItem item, List<Expression> conjuncts) {
    if (!(item instanceof JoinItem join) || join.kind() != JoinItem.Kind.INNER) {
      return item;
    }
    FromItem left = withoutConditions(join.left(), conjuncts);
    FromItem right = withoutConditions(join.right(), conjuncts);
    if (!(join.condition() instanceof JoinCondition.On on)) {
      return new JoinItem(join.kind(), left, right, join.condition(), join.alias());
    }
    List<Expression> stay = new ArrayList<>();
    on.conjuncts().forEach(c -> (OwnExpressions.hasSubquery(c) ? conjuncts : stay).add(c));
    return new JoinItem(
        JoinItem.Kind.INNER,
        left,
        right,
        stay.isEmpty() ? new JoinCondition.None() : new JoinCondition.On(stay),
        Alias.NONE);
  }
}
