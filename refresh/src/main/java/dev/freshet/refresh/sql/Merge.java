package dev.freshet.refresh.sql;

import java.util.List;

/** {@code MERGE INTO target USING source ON conjuncts clauses}; RETURNING needs PostgreSQL 17. */
public record Merge(
    With with,
    TableReference target,
    FromItem source,
    List<Expression> on,
    List<Clause> clauses,
    List<Target> returning)
    implements Statement {
  public Merge {
    on = List.copyOf(on);
    clauses = List.copyOf(clauses);
    returning = List.copyOf(returning);
  }

  @Override
  public Merge withWith(With changed) {
    return new Merge(changed, target, source, on, clauses, returning);
  }

  @Override
  public Merge mapNodes(NodeMapping mapping) {
    return new Merge(
        with.mapNodes(mapping),
        target,
        mapping.fromItem(source),
        mapping.expressions(on),
        clauses.stream().map(clause -> clause.mapNodes(mapping)).toList(),
        mapping.targets(returning));
  }

  /** Which rows a clause is about. */
  public enum Match {
    /** A row of the target and one of the source. */
    MATCHED,
    /** A row of the source alone. */
    NOT_MATCHED,
    /** A row of the target alone; PostgreSQL 17. */
    NOT_MATCHED_BY_SOURCE
  }

  /** {@code WHEN match AND conjuncts THEN action}. */
  public record Clause(Match match, List<Expression> conjuncts, Action action) {
    public Clause {
      conjuncts = List.copyOf(conjuncts);
    }

    /** The same clause over what the mapping makes of its expressions. */
    public Clause mapNodes(NodeMapping mapping) {
      return new Clause(match, mapping.expressions(conjuncts), action.mapNodes(mapping));
    }
  }

  /** What a clause does. */
  public sealed interface Action {
    /** The same action over what the mapping makes of its expressions. */
    default Action mapNodes(NodeMapping mapping) {
      return this;
    }
  }

  /** {@code DO NOTHING}. */
  public record DoNothing() implements Action {}

  /** {@code DELETE}. */
  public record DeleteRow() implements Action {}

  /** {@code UPDATE SET assignments}. */
  public record UpdateRow(List<Assignment> assignments) implements Action {
    public UpdateRow {
      assignments = List.copyOf(assignments);
    }

    @Override
    public UpdateRow mapNodes(NodeMapping mapping) {
      return new UpdateRow(mapping.assignments(assignments));
    }
  }

  /** {@code INSERT (columns) VALUES (values)}. */
  public record InsertRow(List<String> columns, List<Expression> values) implements Action {
    public InsertRow {
      columns = List.copyOf(columns);
      values = List.copyOf(values);
    }

    @Override
    public InsertRow mapNodes(NodeMapping mapping) {
      return new InsertRow(columns, mapping.expressions(values));
    }
  }
}
