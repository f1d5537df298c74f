package dev.freshet.app.graphql;

import io.smallrye.mutiny.Uni;
import java.util.List;
import org.eclipse.microprofile.graphql.DefaultValue;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.GraphQLException;
import org.eclipse.microprofile.graphql.Name;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Query;
import org.jspecify.annotations.Nullable;

/** What can be asked. */
@GraphQLApi
public class StreamTableQueries {

  private static final String NO_SUCH_TABLE = "42P01";

  private final Catalog catalog;

  StreamTableQueries(Catalog catalog) {
    this.catalog = catalog;
  }

  @Query
  @Description("The stream tables, in the order of their creation.")
  public @NonNull Uni<StreamTableConnection> streamTables(
      @Nullable StreamTableFilter filter,
      @DefaultValue(Paging.DEFAULT_SIZE) @Description("How many, from 1 to 1000.") int first,
      @Description("The cursor of the last one of the page before.") @Nullable String after)
      throws GraphQLException {
    StreamTableFilter wanted = filter == null ? new StreamTableFilter() : filter;
    Paging paging = Paging.of(first, after, 0);
    return Uni.combine()
        .all()
        .unis(catalog.streamTables(wanted, paging), catalog.count(wanted))
        .asTuple()
        .map(found -> StreamTableConnection.of(found.getItem1(), paging, found.getItem2()));
  }

  @Query
  @Description("One stream table; null if there is none of that name.")
  public Uni<StreamTable> streamTable(@NonNull @Name("name") String name) {
    return catalog
        .find(name)
        .chain(catalog::streamTable)
        .onFailure(failure -> failure instanceof Refused no && no.isCode(NO_SUCH_TABLE))
        .recoverWithNull();
  }

  @Query
  @Description("The refreshes of one stream table, or of all, the latest first.")
  public @NonNull Uni<RefreshConnection> refreshHistory(
      @Name("name") @Nullable String name,
      @DefaultValue(Paging.DEFAULT_SIZE) @Description("How many, from 1 to 1000.") int first,
      @Description("The cursor of the last one of the page before.") @Nullable String after)
      throws GraphQLException {
    Paging paging = Paging.of(first, after, Long.MAX_VALUE);
    Uni<List<Refresh>> found =
        name == null
            ? catalog.refreshes(null, paging)
            : catalog.find(name).chain(pgtId -> catalog.refreshes(pgtId, paging));
    return found.map(refreshes -> RefreshConnection.of(refreshes, paging));
  }

  @Query
  @Description("The edges of the graph: what each stream table reads.")
  public @NonNull Uni<List<@NonNull Dependency>> dependencies() {
    return catalog.dependencies();
  }

  @Query
  @Description("The replication slots that follow publications of stream tables.")
  public @NonNull Uni<List<@NonNull Subscriber>> subscribers() {
    return catalog.subscribers();
  }
}
