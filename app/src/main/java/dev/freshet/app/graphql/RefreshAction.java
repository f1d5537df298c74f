package dev.freshet.app.graphql;

import org.eclipse.microprofile.graphql.Description;

/** The values of {@code action}. */
@Description("What a refresh did.")
public enum RefreshAction {
  DIFFERENTIAL,
  FULL,
  NO_DATA,
  REINITIALIZE,
  SKIP
}
