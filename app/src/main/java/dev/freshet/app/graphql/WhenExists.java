package dev.freshet.app.graphql;

import org.eclipse.microprofile.graphql.Description;

/** Which of the three SQL functions creates a stream table. */
@Description("What happens where there is a stream table of that name already.")
public enum WhenExists {
  FAIL("create_stream_table"),
  SKIP("create_stream_table_if_not_exists"),
  REPLACE("create_or_replace_stream_table");

  private final String function;

  WhenExists(String function) {
    this.function = function;
  }

  String function() {
    return function;
  }
}
