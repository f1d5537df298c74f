package dev.freshet.refresh.maintain;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.catalog.database.DatabaseException;
import dev.freshet.catalog.database.ErrorCategory;
import dev.freshet.catalog.database.Session;
import dev.freshet.catalog.database.SqlFile;
import dev.freshet.refresh.algebra.Column;
import dev.freshet.refresh.algebra.NotDifferentiable;
import dev.freshet.refresh.algebra.RelationName;
import dev.freshet.refresh.rewrite.Types;
import dev.freshet.refresh.sql.CanonicalAliases;
import dev.freshet.refresh.sql.Position;
import dev.freshet.refresh.sql.Query;
import dev.freshet.refresh.sql.SqlRenderer;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Asks PostgreSQL for the types of queries by making views of them, in a transaction that the
 * planner rolls back.
 *
 * <p>What was asked once is not asked again: a query that is read in several places has the same
 * types in all of them. An inner stage is made known as an empty table under its own name, unless
 * it exists already.
 */
final class PostgresTypes implements Types {

  private static final String COLUMNS = SqlFile.read(PostgresTypes.class, "columns.sql");

  private final Session session;
  private final Map<Query, List<Column>> known = new HashMap<>();

  PostgresTypes(Session session) {
    this.session = session;
  }

  @Override
  public List<Column> of(Query query) {
    Query canonical = CanonicalAliases.in(query);
    List<Column> columns = known.get(canonical);
    if (columns == null) {
      columns = asked(query);
      known.put(canonical, columns);
    }
    return columns;
  }

  private List<Column> asked(Query query) {
    ask("CREATE OR REPLACE VIEW freshet_state.\"?types\" AS " + SqlRenderer.render(query));
    List<Column> columns = columnsOf("freshet_state.\"?types\"");
    session.query("DROP VIEW freshet_state.\"?types\"");
    return List.copyOf(columns);
  }

  @Override
  public void declare(RelationName stage, Query query) {
    ask(StageStorage.creation(stage, query));
  }

  /**
   * A query of ours that PostgreSQL does not take is a rewriting that failed, not an error of the
   * user's.
   */
  private void ask(String statement) {
    try {
      session.query(statement);
    } catch (DatabaseException refused) {
      if (refused.category() != ErrorCategory.STATEMENT) {
        throw refused;
      }
      throw new NotDifferentiable(
          "rewriting",
          "PostgreSQL refuses the rewritten query: " + refused.getMessage(),
          Position.NONE);
    }
  }

  /** The columns of a relation, given as it is written in SQL. */
  List<Column> columnsOf(String relation) {
    List<Column> columns = new ArrayList<>();
    for (Row row : session.execute(COLUMNS, relation)) {
      JsonNode column = CatalogReader.json(row.getString("facts"));
      columns.add(new Column(row.getString("name"), CatalogReader.typeOf(column), false));
    }
    return columns;
  }
}
