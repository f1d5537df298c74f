package dev.freshet.app.graphql;

import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Input;
import org.eclipse.microprofile.graphql.NonNull;
import org.jspecify.annotations.Nullable;

/** The parameters of {@code freshet.alter_stream_table}. */
@Input("AlterStreamTableInput")
@Description("A change of a stream table; what is left out stays as it is.")
public class AlterStreamTableInput {

  public @NonNull String name = "";

  public @Nullable String query;

  public @Nullable String schedule;

  public @Nullable RefreshMode refreshMode;

  @Description("How old its content may be: '30 seconds', '5 minutes'.")
  public @Nullable String sla;

  public @Nullable String tier;

  public @Nullable String cdcMode;

  public @Nullable String diamondConsistency;
}
