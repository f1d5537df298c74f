package dev.freshet.app.graphql;

import io.smallrye.graphql.api.ErrorCode;
import java.io.Serial;
import org.eclipse.microprofile.graphql.GraphQLException;

/** An argument that GraphQL's types allow and we do not. */
@ErrorCode("22023")
public final class BadArgument extends GraphQLException {

  @Serial private static final long serialVersionUID = 1L;

  private BadArgument(String message) {
    super(message);
  }

  static BadArgument because(String message) {
    return new BadArgument(message);
  }
}
