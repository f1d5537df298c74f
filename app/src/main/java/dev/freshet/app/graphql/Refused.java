package dev.freshet.app.graphql;

import dev.freshet.catalog.database.DatabaseException;
import graphql.ErrorClassification;
import graphql.ErrorType;
import graphql.GraphQLError;
import graphql.language.SourceLocation;
import io.vertx.pgclient.PgException;
import java.io.Serial;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.graphql.GraphQLException;
import org.jspecify.annotations.Nullable;

/**
 * What the database refused, with its SQLSTATE as the error's {@code code}, its hint, its detail
 * and the position in the query that was given; what is refused here has the same form.
 */
final class Refused extends GraphQLException implements GraphQLError {

  @Serial private static final long serialVersionUID = 1L;

  private static final String CONNECTION_FAILURE = "08006";
  private static final String BAD_ARGUMENT = "22023";

  private final transient Map<String, Object> extensions;

  private Refused(String message, Map<String, Object> extensions, @Nullable Throwable cause) {
    super(message, cause);
    this.extensions = extensions;
  }

  /** A user's mistake keeps its words; without an answer of the database that is said. */
  static Throwable of(Throwable failure) {
    return switch (failure) {
      case PgException error -> refused(error);
      case DatabaseException known when known.getCause() instanceof PgException error ->
          refused(error);
      case DatabaseException lost -> unreachable(lost);
      case java.io.IOException lost -> unreachable(lost);
      case io.vertx.core.VertxException lost -> unreachable(lost);
      default -> failure;
    };
  }

  /** An argument that GraphQL's types allow and we do not. */
  static Refused badArgument(String message, String hint) {
    return new Refused(message, Map.of("code", BAD_ARGUMENT, "hint", hint), null);
  }

  private static Refused refused(PgException error) {
    Map<String, Object> extensions = new LinkedHashMap<>();
    extensions.put("code", error.getSqlState());
    put(extensions, "hint", error.getHint());
    put(extensions, "detail", error.getDetail());
    String position =
        error.getInternalPosition() == null ? error.getPosition() : error.getInternalPosition();
    if (position != null) {
      put(extensions, "position", position);
    }
    return new Refused(error.getErrorMessage(), extensions, error);
  }

  private static Refused unreachable(Throwable cause) {
    return new Refused(
        "the database cannot be reached: " + cause.getMessage(),
        Map.of("code", CONNECTION_FAILURE, "hint", "It is tried again with the next request."),
        cause);
  }

  private static void put(Map<String, Object> extensions, String key, @Nullable String value) {
    if (value != null) {
      extensions.put(key, value);
    }
  }

  boolean isCode(String sqlState) {
    return sqlState.equals(extensions.get("code"));
  }

  @Override
  public Map<String, Object> getExtensions() {
    return extensions;
  }

  @Override
  public List<SourceLocation> getLocations() {
    return List.of();
  }

  @Override
  public ErrorClassification getErrorType() {
    return ErrorType.DataFetchingException;
  }
}
