package dev.freshet.refresh.sql;

import java.util.List;

/** {@code JSON_TABLE(…) AS alias}. */
public record JsonTableItem(JsonTable table, boolean lateral, Alias alias) implements FromItem {
  @Override
  public JsonTableItem withAlias(Alias changed) {
    return new JsonTableItem(table, lateral, changed);
  }

  @Override
  public JsonTableItem mapNodes(NodeMapping mapping) {
    return new JsonTableItem(table.mapNodes(mapping), lateral, alias);
  }

  /** {@code JSON_TABLE(context, path PASSING … COLUMNS (…) … ON ERROR)}. */
  public record JsonTable(
      JsonValue context,
      Path path,
      List<JsonPassing> passing,
      List<Column> columns,
      JsonBehavior onError) {
    public JsonTable {
      passing = List.copyOf(passing);
      columns = List.copyOf(columns);
    }

    /** The same table over what the mapping makes of its expressions. */
    public JsonTable mapNodes(NodeMapping mapping) {
      return new JsonTable(
          context.mapNodes(mapping),
          path,
          passing.stream().map(variable -> variable.mapNodes(mapping)).toList(),
          columns.stream().map(column -> column.mapNodes(mapping)).toList(),
          onError.mapNodes(mapping));
    }
  }

  /** {@code 'path' AS name}; an empty path is the default one, an empty name none. */
  public record Path(String path, String name) {
    /** No path: the column's own name is the key. */
    public static final Path DEFAULT = new Path("", "");
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

  /** {@code name type FORMAT … PATH path …}. */
  public record Value(String name, TypeName type, JsonFormat format, Path path, JsonOptions options)
      implements Column {
    @Override
    public Value mapNodes(NodeMapping mapping) {
      return new Value(name, type, format, path, options.mapNodes(mapping));
    }
  }

  /** {@code name type EXISTS PATH path … ON ERROR}. */
  public record Exists(String name, TypeName type, Path path, JsonBehavior onError)
      implements Column {
    @Override
    public Exists mapNodes(NodeMapping mapping) {
      return new Exists(name, type, path, onError.mapNodes(mapping));
    }
  }

  /** {@code NESTED PATH path COLUMNS (…)}. */
  public record Nested(Path path, List<Column> columns) implements Column {
    public Nested {
      columns = List.copyOf(columns);
    }

    @Override
    public Nested mapNodes(NodeMapping mapping) {
      return new Nested(path, columns.stream().map(column -> column.mapNodes(mapping)).toList());
    }
  }
}
