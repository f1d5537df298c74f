package dev.freshet.refresh.sql;

import java.util.List;
import java.util.Optional;

/** {@code table TABLESAMPLE method (arguments) REPEATABLE (seed)}. */
public record SampledTable(
    TableReference table,
    List<String> method,
    List<Expression> arguments,
    Optional<Expression> seed)
    implements FromItem {
  public SampledTable {
    method = List.copyOf(method);
    arguments = List.copyOf(arguments);
  }

  @Override
  public Alias alias() {
    return table.alias();
  }

  @Override
  public SampledTable withAlias(Alias changed) {
    return new SampledTable(table.withAlias(changed), method, arguments, seed);
  }

  @Override
  public SampledTable mapNodes(NodeMapping mapping) {
    return new SampledTable(
        table, method, mapping.expressions(arguments), mapping.expression(seed));
  }
}
