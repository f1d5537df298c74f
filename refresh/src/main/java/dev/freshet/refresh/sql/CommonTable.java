package dev.freshet.refresh.sql;

import java.util.List;
import java.util.Optional;

/** {@code name (columns) AS MATERIALIZED (statement) SEARCH … CYCLE …}. */
public record CommonTable(
    String name,
    List<String> columns,
    Materialization materialization,
    Statement statement,
    Optional<Search> search,
    Optional<Cycle> cycle) {
  public CommonTable {
    columns = List.copyOf(columns);
  }

  /** A table with nothing said but its name. */
  public static CommonTable of(String name, Statement statement) {
    return of(name, List.of(), statement);
  }

  /** A table with nothing said but its name and those of its columns. */
  public static CommonTable of(String name, List<String> columns, Statement statement) {
    return new CommonTable(
        name, columns, Materialization.UNSPECIFIED, statement, Optional.empty(), Optional.empty());
  }

  /** The same table with the given materialization. */
  public CommonTable materialized(Materialization changed) {
    return new CommonTable(name, columns, changed, statement, search, cycle);
  }

  /** The same table over what the mapping makes of its parts. */
  public CommonTable mapNodes(NodeMapping mapping) {
    return new CommonTable(
        name,
        columns,
        materialization,
        mapping.statement(statement),
        search,
        cycle.map(clause -> clause.mapNodes(mapping)));
  }

  /** Whether the planner may merge the table into what reads it. */
  public enum Materialization {
    UNSPECIFIED,
    MATERIALIZED,
    NOT_MATERIALIZED
  }

  /** {@code SEARCH DEPTH | BREADTH FIRST BY columns SET sequence}. */
  public record Search(boolean breadthFirst, List<String> columns, String sequence) {
    public Search {
      columns = List.copyOf(columns);
    }
  }

  /** {@code CYCLE columns SET mark TO value DEFAULT otherwise USING path}. */
  public record Cycle(
      List<String> columns, String mark, Expression value, Expression otherwise, String path) {
    public Cycle {
      columns = List.copyOf(columns);
    }

    /** The same clause over what the mapping makes of its expressions. */
    public Cycle mapNodes(NodeMapping mapping) {
      return new Cycle(
          columns, mark, mapping.expression(value), mapping.expression(otherwise), path);
    }
  }
}
