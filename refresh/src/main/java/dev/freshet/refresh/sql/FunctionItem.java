package dev.freshet.refresh.sql;

import java.util.List;

/**
 * {@code LATERAL ROWS FROM (functions) WITH ORDINALITY AS alias}; one function is written without
 * ROWS FROM.
 *
 * <p>Functions on the right of something may use its columns whether LATERAL is written or not.
 */
public record FunctionItem(
    List<Source> functions, boolean withOrdinality, boolean lateral, Alias alias)
    implements FromItem {
  public FunctionItem {
    functions = List.copyOf(functions);
    if (functions.isEmpty()) {
      throw new IllegalArgumentException("ROWS FROM needs a function");
    }
  }

  @Override
  public FunctionItem withAlias(Alias changed) {
    return new FunctionItem(functions, withOrdinality, lateral, changed);
  }

  @Override
  public FunctionItem mapNodes(NodeMapping mapping) {
    return new FunctionItem(
        functions.stream().map(function -> function.mapNodes(mapping)).toList(),
        withOrdinality,
        lateral,
        alias);
  }

  /**
   * One function.
   *
   * @param call a {@link FunctionCall} or another expression written like one
   * @param columns the columns of its record; empty where PostgreSQL knows them
   */
  public record Source(Expression call, List<ColumnDefinition> columns) {
    public Source {
      columns = List.copyOf(columns);
    }

    /** The same function over what the mapping makes of its call. */
    public Source mapNodes(NodeMapping mapping) {
      return new Source(mapping.expression(call), columns);
    }
  }
}
