package dev.freshet.app.graphql;

import org.eclipse.microprofile.graphql.Description;

/** The values of {@code refresh_mode}. */
@Description(
    "How a stream table is to be refreshed; AUTO takes DIFFERENTIAL where it can and pays.")
public enum RefreshMode {
  AUTO,
  DIFFERENTIAL,
  FULL
}
