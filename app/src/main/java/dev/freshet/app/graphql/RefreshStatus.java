package dev.freshet.app.graphql;

import org.eclipse.microprofile.graphql.Description;

/** The values of a refresh's {@code status}. */
@Description("How a refresh ended.")
public enum RefreshStatus {
  RUNNING,
  COMPLETED,
  ERROR,
  SKIPPED
}
