package dev.freshet.app.graphql;

import dev.freshet.app.command.SqlCall;
import dev.freshet.catalog.database.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/** Calls the SQL functions that command. */
@ApplicationScoped
class Commands {

  private static final String AS_ROLE = "SELECT set_config('role', $1, true)";
  private static final String REFRESH_AND_WAIT = "CALL freshet.refresh_stream_table($1)";

  private final Pool pool;
  private final Database database;

  Commands(Pool pool, Database database) {
    this.pool = pool;
    this.database = database;
  }

  /** Calls a function that returns a table; the result is the table's oid. */
  Uni<Long> returningTable(SqlCall call, @Nullable String role) {
    return run("SELECT " + call.text() + "::oid::bigint AS result", call, role)
        .map(rows -> rows.iterator().next().getLong("result"));
  }

  /** Calls a function that returns a number. */
  Uni<Long> returningNumber(SqlCall call) {
    return run("SELECT " + call.text() + " AS result", call, null)
        .map(rows -> rows.iterator().next().getLong("result"));
  }

  /** Calls a function that returns nothing. */
  Uni<Void> returningNothing(SqlCall call) {
    return run("SELECT " + call.text(), call, null).replaceWithVoid();
  }

  /** Refreshes and waits, on a connection and a thread of its own: it may take minutes. */
  Uni<Void> refreshAndWait(String name) {
    return Uni.createFrom()
        .item(() ->
            database.with("graphql refresh", session -> session.execute(REFRESH_AND_WAIT, name)))
        .runSubscriptionOn(task -> Thread.ofVirtual().name("freshet-graphql-refresh").start(task))
        .replaceWithVoid()
        .onFailure()
        .transform(Refused::of);
  }

  private Uni<RowSet<Row>> run(String sql, SqlCall call, @Nullable String role) {
    return pool.withTransaction(connection ->
            as(role, connection)
                .chain(() -> connection.preparedQuery(sql).execute(Tuple.from(call.values()))))
        .onFailure()
        .transform(Refused::of);
  }

  /** In this transaction the session acts for the role: its rights and its name count. */
  private static Uni<Void> as(@Nullable String role, SqlConnection connection) {
    return role == null
        ? Uni.createFrom().voidItem()
        : connection.preparedQuery(AS_ROLE).execute(Tuple.of(role)).replaceWithVoid();
  }
}
