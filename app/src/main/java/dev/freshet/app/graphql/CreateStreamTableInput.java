package dev.freshet.app.graphql;

import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Input;
import org.eclipse.microprofile.graphql.NonNull;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of {@code freshet.create_stream_table}; what is left out has its default there.
 */
@Input("CreateStreamTableInput")
@Description(
    "A new stream table; what is left out has the default of freshet.create_stream_table().")
public class CreateStreamTableInput {

  @Description("'total_by_region' or 'sales.total_by_region'.")
  public @NonNull String name = "";

  @Description("Any SELECT.")
  public @NonNull String query = "";

  @Description("'1s', '1h30m', a cron expression, or 'calculated'.")
  public @Nullable String schedule;

  public @Nullable RefreshMode refreshMode;

  @Description("How old its content may be: '30 seconds', '5 minutes'.")
  public @Nullable String sla;

  @Description("hot, warm, cold or frozen; auto, the default, follows from the SLA.")
  public @Nullable String tier;

  @Description("false: it stays empty until the first refresh that is asked for.")
  public @Nullable Boolean initialize;

  @Description("auto or trigger.")
  public @Nullable String cdcMode;

  @Description("atomic or none.")
  public @Nullable String diamondConsistency;

  public @Nullable Boolean appendOnly;

  @Description("The role that it will belong to and whose rights count; default the service's own.")
  public @Nullable String owner;

  @Description("Default FAIL.")
  public @Nullable WhenExists whenExists;
}
