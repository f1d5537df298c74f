package dev.freshet.app.graphql;

import dev.freshet.catalog.database.SqlFile;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the views of the SQL surface. */
@ApplicationScoped
class Catalog {

  private static final String STREAM_TABLES = SqlFile.read(Catalog.class, "stream-tables.sql");
  private static final String COUNT = SqlFile.read(Catalog.class, "count-stream-tables.sql");
  private static final String ONE = SqlFile.read(Catalog.class, "stream-table.sql");
  private static final String OF_RELATION =
      SqlFile.read(Catalog.class, "stream-table-of-relation.sql");
  private static final String REFRESHES = SqlFile.read(Catalog.class, "refreshes.sql");
  private static final String DEPENDENCIES = SqlFile.read(Catalog.class, "dependencies.sql");
  private static final String SUBSCRIBERS = SqlFile.read(Catalog.class, "subscribers.sql");
  private static final String FIND = "SELECT freshet.visible_stream_table($1) AS pgt_id";

  private final Pool pool;

  Catalog(Pool pool) {
    this.pool = pool;
  }

  /** One more than the page holds, if there are more. */
  Uni<List<StreamTable>> streamTables(StreamTableFilter filter, Paging paging) {
    return list(
        STREAM_TABLES,
        StreamTable::new,
        filter.status == null ? null : filter.status.name(),
        filter.effectiveMode == null ? null : filter.effectiveMode.name(),
        filter.pgtSchema,
        filter.nameContains,
        filter.stale,
        paging.after(),
        paging.size() + 1);
  }

  Uni<Long> count(StreamTableFilter filter) {
    return one(
        COUNT,
        row -> row.getLong("n"),
        filter.status == null ? null : filter.status.name(),
        filter.effectiveMode == null ? null : filter.effectiveMode.name(),
        filter.pgtSchema,
        filter.nameContains,
        filter.stale);
  }

  /** Fails as the SQL functions do where there is none of that name. */
  Uni<Long> find(String name) {
    return one(FIND, row -> row.getLong("pgt_id"), name);
  }

  Uni<StreamTable> streamTable(long pgtId) {
    return one(ONE, StreamTable::new, pgtId);
  }

  /** By the oid of its table. */
  Uni<StreamTable> streamTableOf(long relid) {
    return one(OF_RELATION, StreamTable::new, relid);
  }

  /** One more than the page holds, if there are more. */
  Uni<List<Refresh>> refreshes(@Nullable Long pgtId, Paging paging) {
    return list(REFRESHES, Refresh::new, pgtId, paging.after(), paging.size() + 1);
  }

  Uni<List<Dependency>> dependencies() {
    return list(DEPENDENCIES, Dependency::new);
  }

  Uni<List<Subscriber>> subscribers() {
    return list(SUBSCRIBERS, Subscriber::new);
  }

  private <T> Uni<T> one(String sql, Function<Row, T> reader, @Nullable Object... parameters) {
    return run(sql, parameters)
        .map(rows -> reader.apply(rows.iterator().next()))
        .onFailure()
        .transform(Refused::of);
  }

  private <T> Uni<List<T>> list(
      String sql, Function<Row, T> reader, @Nullable Object... parameters) {
    return run(sql, parameters)
        .map(rows -> {
          Iterable<Row> each = rows;
          return java.util.stream.StreamSupport.stream(each.spliterator(), false)
              .map(reader)
              .toList();
        })
        .onFailure()
        .transform(Refused::of);
  }

  private Uni<RowSet<Row>> run(String sql, @Nullable Object... parameters) {
    return pool.preparedQuery(sql).execute(Tuple.from(Arrays.asList(parameters)));
  }
}
