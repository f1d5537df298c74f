package dev.freshet.refresh.sql;

/** A relation in a FROM clause. Immutable; equality is structural. */
public sealed interface FromItem
    permits FunctionItem,
        JoinItem,
        JsonTableItem,
        SampledTable,
        SubqueryItem,
        TableReference,
        XmlTableItem {
  /** The alias given to it. */
  Alias alias();

  /** The name under which its columns are qualified; empty if they cannot be. */
  default String visibleName() {
    return alias().name();
  }

  /** The same item under another alias. */
  FromItem withAlias(Alias changed);

  /** The same item over what the mapping makes of its parts. */
  FromItem mapNodes(NodeMapping mapping);
}
