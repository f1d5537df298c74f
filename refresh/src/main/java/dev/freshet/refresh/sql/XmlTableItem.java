package dev.freshet.refresh.sql;

import java.util.List;
import java.util.Optional;

/** {@code XMLTABLE(…) AS alias}. */
public record XmlTableItem(XmlTable table, boolean lateral, Alias alias) implements FromItem {
  @Override
  public XmlTableItem withAlias(Alias changed) {
    return new XmlTableItem(table, lateral, changed);
  }

  @Override
  public XmlTableItem mapNodes(NodeMapping mapping) {
    return new XmlTableItem(table.mapNodes(mapping), lateral, alias);
  }

  /** {@code XMLTABLE(XMLNAMESPACES(namespaces), rows PASSING document COLUMNS columns)}. */
  public record XmlTable(
      List<Namespace> namespaces, Expression rows, Expression document, List<Column> columns) {
    public XmlTable {
      namespaces = List.copyOf(namespaces);
      columns = List.copyOf(columns);
    }

    /** The same table over what the mapping makes of its expressions. */
    public XmlTable mapNodes(NodeMapping mapping) {
      return new XmlTable(
          namespaces.stream().map(namespace -> namespace.mapNodes(mapping)).toList(),
          mapping.expression(rows),
          mapping.expression(document),
          columns.stream().map(column -> column.mapNodes(mapping)).toList());
    }
  }

  /** {@code uri AS name}; an empty name is DEFAULT. */
  public record Namespace(Expression uri, String name) {
    /** The same namespace over what the mapping makes of its expression. */
    public Namespace mapNodes(NodeMapping mapping) {
      return new Namespace(mapping.expression(uri), name);
    }
  }

  /** A column of the table. */
  public sealed interface Column {
    /** The same column over what the mapping makes of its expressions. */
    default Column mapNodes(NodeMapping mapping) {
      return this;
    }
  }

  /** {@code name FOR ORDINALITY}. */
  public record Ordinality(String name) implements Column {}

  /** {@code name type PATH path DEFAULT value NOT NULL}. */
  public record Value(
      String name,
      TypeName type,
      Optional<Expression> path,
      Optional<Expression> otherwise,
      boolean notNull)
      implements Column {
    @Override
    public Value mapNodes(NodeMapping mapping) {
      return new Value(
          name, type, mapping.expression(path), mapping.expression(otherwise), notNull);
    }
  }
}
