package dev.freshet.refresh.rewrite;

import dev.freshet.refresh.algebra.Catalog;
import dev.freshet.refresh.algebra.RelationName;
import dev.freshet.refresh.algebra.SourceTable;
import dev.freshet.refresh.sql.Position;
import dev.freshet.refresh.sql.Query;
import dev.freshet.refresh.sql.SampledTable;
import dev.freshet.refresh.sql.TableReference;
import dev.freshet.refresh.sql.Trees;

/** Whether the changes of all that a query reads are seen. */
final class CapturedSources {

  private CapturedSources() {}

  /** Refuses a query that reads something whose changes are not captured as it is read. */
  static void require(Query query, Catalog catalog) {
    if (!Trees.fromItems(query, SampledTable.class).isEmpty()) {
      throw Linearity.refusal(
          "tablesample", "TABLESAMPLE picks other rows each time: no delta", Position.NONE);
    }
    Trees.fromItems(query, TableReference.class).forEach(table -> require(table, catalog));
  }

  private static void require(TableReference table, Catalog catalog) {
    SourceTable source =
        catalog
            .table(RelationName.of(table))
            .orElseThrow(() ->
                Linearity.refusal(
                    "system_catalog",
                    "changes of %s.%s cannot be captured".formatted(table.schema(), table.name()),
                    table.position()));
    switch (source.type()) {
      case MATVIEW ->
          throw Linearity.refusal(
              "materialized_view",
              "materialized view %s is refreshed outside of triggers' sight; make it a stream table"
                  .formatted(source.name()),
              table.position());
      case FOREIGN_TABLE ->
          throw Linearity.refusal(
              "foreign_table",
              "changes of foreign table %s happen on another server".formatted(source.name()),
              table.position());
      case TABLE, PARTITIONED_TABLE, STREAM_TABLE -> {}
    }
    if (table.only() && source.hasChildren()) {
      throw Linearity.refusal(
          "only", "ONLY over a table that others inherit from has no delta rule", table.position());
    }
  }
}
