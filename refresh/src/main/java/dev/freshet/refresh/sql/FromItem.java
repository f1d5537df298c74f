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

  /** The same item under another alias. */
  FromItem withAlias(Alias changed);

  /** The same item over what the mapping makes of its parts. */
  FromItem mapNodes(NodeMapping mapping);
}
