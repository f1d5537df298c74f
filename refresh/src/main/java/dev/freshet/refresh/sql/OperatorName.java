package dev.freshet.refresh.sql;

/**
 * The name of an operator; the schema is empty unless written as {@code OPERATOR(schema.symbol)}.
 */
public record OperatorName(String schema, String symbol) {
  /** {@code =} as found on the search path. */
  public static final OperatorName EQUAL = of("=");

  public OperatorName {
    if (!symbol.matches("[-+*/<>=~!@#%^&|`?]+")) {
      throw new IllegalArgumentException("not an operator: " + symbol);
    }
  }

  /** An operator found on the search path. */
  public static OperatorName of(String symbol) {
    return new OperatorName("", symbol);
  }

  /** Whether it is this symbol, of pg_catalog. */
  public boolean isBuiltIn(String wanted) {
    return symbol.equals(wanted) && (schema.isEmpty() || schema.equals("pg_catalog"));
  }
}
