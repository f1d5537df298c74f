package dev.freshet.refresh.algebra;

import static java.util.Objects.requireNonNull;

import dev.freshet.refresh.sql.Query;
import dev.freshet.refresh.sql.TableReference;
import dev.freshet.refresh.sql.Trees;
import java.util.List;

/** A relation by schema and name, both as they are in the catalog, unquoted. */
public record RelationName(String schema, String name) {

  public RelationName {
    requireNonNull(schema);
    requireNonNull(name);
  }

  public static RelationName of(TableReference reference) {
    return new RelationName(reference.schema(), reference.name());
  }

  /** The places in which a query reads the relation, at any depth. */
  public List<TableReference> placesIn(Query query) {
    return Trees.fromItems(query, TableReference.class).stream()
        .filter(reference -> of(reference).equals(this))
        .toList();
  }

  public TableReference reference() {
    return TableReference.of(schema, name);
  }

  /** The reference under an alias. */
  public TableReference as(String alias) {
    return reference().as(alias);
  }
}
