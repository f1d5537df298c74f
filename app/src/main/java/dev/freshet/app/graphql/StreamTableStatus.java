package dev.freshet.app.graphql;

import org.eclipse.microprofile.graphql.Description;

/** The values of {@code status}. */
@Description("How a stream table is.")
public enum StreamTableStatus {
  INITIALIZING,
  ACTIVE,
  SUSPENDED,
  ERROR
}
