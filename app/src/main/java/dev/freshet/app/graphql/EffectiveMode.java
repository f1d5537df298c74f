package dev.freshet.app.graphql;

import org.eclipse.microprofile.graphql.Description;

/** The values of {@code effective_mode}. */
@Description("How a stream table is refreshed.")
public enum EffectiveMode {
  DIFFERENTIAL,
  FULL
}
