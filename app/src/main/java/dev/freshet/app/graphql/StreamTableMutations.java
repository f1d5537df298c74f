package dev.freshet.app.graphql;

import dev.freshet.app.command.SqlCall;
import io.smallrye.mutiny.Uni;
import org.eclipse.microprofile.graphql.DefaultValue;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.Mutation;
import org.eclipse.microprofile.graphql.Name;
import org.eclipse.microprofile.graphql.NonNull;
import org.jspecify.annotations.Nullable;

/** The commands: each calls the SQL function of its name. */
@GraphQLApi
public class StreamTableMutations {

  private final Catalog catalog;
  private final Commands commands;

  StreamTableMutations(Catalog catalog, Commands commands) {
    this.catalog = catalog;
    this.commands = commands;
  }

  @Mutation
  @Description("Creates a table that follows the result of a query; the service fills it at once.")
  public @NonNull Uni<StreamTable> createStreamTable(
      @NonNull @Name("input") CreateStreamTableInput input) {
    WhenExists whenExists = input.whenExists == null ? WhenExists.FAIL : input.whenExists;
    SqlCall call =
        new SqlCall(whenExists.function())
            .with("name", input.name)
            .with("query", input.query)
            .with("schedule", input.schedule)
            .with("refresh_mode", input.refreshMode)
            .withInterval("sla", input.sla)
            .with("tier", input.tier)
            .with("initialize", input.initialize)
            .with("cdc_mode", input.cdcMode)
            .with("diamond_consistency", input.diamondConsistency)
            .with("append_only", input.appendOnly);
    return commands.returningTable(call, input.owner).chain(catalog::streamTableOf);
  }

  @Mutation
  @Description("Changes the query or the options of a stream table.")
  public @NonNull Uni<StreamTable> alterStreamTable(
      @NonNull @Name("input") AlterStreamTableInput input) {
    SqlCall call =
        new SqlCall("alter_stream_table")
            .with("name", input.name)
            .with("query", input.query)
            .with("schedule", input.schedule)
            .with("refresh_mode", input.refreshMode)
            .withInterval("sla", input.sla)
            .with("tier", input.tier)
            .with("cdc_mode", input.cdcMode)
            .with("diamond_consistency", input.diamondConsistency);
    return commands.returningNothing(call).chain(() -> read(input.name));
  }

  @Mutation("setSla")
  @Description("Says how old its content may be, as '30 seconds'; null takes that away.")
  public @NonNull Uni<StreamTable> setSla(
      @NonNull @Name("name") String name, @Nullable @Name("sla") String sla) {
    SqlCall call = new SqlCall("set_stream_table_sla").with("name", name);
    return commands
        .returningNothing(sla == null ? call.withNull("sla") : call.withInterval("sla", sla))
        .chain(() -> read(name));
  }

  @Mutation
  @Description("Drops a stream table with its table; with cascade also what depends on it.")
  public @NonNull Uni<Boolean> dropStreamTable(
      @NonNull @Name("name") String name, @DefaultValue("false") boolean cascade) {
    return commands
        .returningNothing(
            new SqlCall("drop_stream_table").with("name", name).with("cascade", cascade))
        .replaceWith(true);
  }

  @Mutation
  @Description("Stops refreshing it until it is resumed.")
  public @NonNull Uni<StreamTable> suspendStreamTable(@NonNull @Name("name") String name) {
    return command("suspend_stream_table", name);
  }

  @Mutation
  @Description("Goes on refreshing it, and forgets its errors.")
  public @NonNull Uni<StreamTable> resumeStreamTable(@NonNull @Name("name") String name) {
    return command("resume_stream_table", name);
  }

  @Mutation
  @Description("Makes its capture, its buffers and its content whole again.")
  public @NonNull Uni<StreamTable> repairStreamTable(@NonNull @Name("name") String name) {
    return command("repair_stream_table", name);
  }

  @Mutation
  @Description(
      "Publishes its changes, in a publication of its own or in one made before; downstreamPublication is its name.")
  public @NonNull Uni<StreamTable> publish(
      @NonNull @Name("name") String name, @Name("publication") @Nullable String publication) {
    return commands
        .returningNothing(
            new SqlCall("stream_table_to_publication")
                .with("name", name)
                .with("publication", publication))
        .chain(() -> read(name));
  }

  @Mutation
  @Description("Ends its publication.")
  public @NonNull Uni<StreamTable> unpublish(@NonNull @Name("name") String name) {
    return command("drop_stream_table_publication", name);
  }

  @Mutation
  @Description(
      "Asks for a refresh, and waits for it if so wished: then it reflects every commit before.")
  public @NonNull Uni<RequestedRefresh> refreshStreamTable(
      @NonNull @Name("name") String name, @DefaultValue("false") boolean wait) {
    if (wait) {
      return commands
          .refreshAndWait(name)
          .chain(() -> read(name))
          .map(table -> new RequestedRefresh(null, table));
    }
    return commands
        .returningNumber(new SqlCall("request_refresh").with("name", name))
        .chain(id -> read(name).map(table -> new RequestedRefresh(id, table)));
  }

  private Uni<StreamTable> command(String function, String name) {
    return commands
        .returningNothing(new SqlCall(function).with("name", name))
        .chain(() -> read(name));
  }

  private Uni<StreamTable> read(String name) {
    return catalog.find(name).chain(catalog::streamTable);
  }
}
