package dev.freshet.app.graphql;

import org.eclipse.microprofile.graphql.Description;
import org.jspecify.annotations.Nullable;

/** Which stream tables are listed; what is left out does not matter. */
@Description("Which stream tables are listed: those that meet everything that is given.")
public class StreamTableFilter {

  public @Nullable StreamTableStatus status;

  public @Nullable EffectiveMode effectiveMode;

  public @Nullable String pgtSchema;

  @Description("A part of the name, in whatever case.")
  public @Nullable String nameContains;

  public @Nullable Boolean stale;
}
