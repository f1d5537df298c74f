package dev.freshet.app.graphql;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import org.eclipse.microprofile.graphql.GraphQLException;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list that is ordered by a number.
 *
 * @param size how many at most
 * @param after the number of the last one of the page before
 */
record Paging(int size, long after) {

  static final String DEFAULT_SIZE = "100";
  private static final int SIZE_MAX = 1000;

  /**
   * From the arguments {@code first} and {@code after}; without a cursor it begins at {@code
   * start}.
   */
  static Paging of(int first, @Nullable String after, long start) throws GraphQLException {
    if (first < 1 || first > SIZE_MAX) {
      throw Refused.badArgument(
          "first must be from 1 to %d, not %d".formatted(SIZE_MAX, first),
          "Ask for fewer at a time, and for the next page with after.");
    }
    return new Paging(first, after == null ? start : number(after));
  }

  static String cursor(long number) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Long.toString(number).getBytes(UTF_8));
  }

  private static long number(String cursor) throws GraphQLException {
    try {
      return Long.parseLong(new String(Base64.getUrlDecoder().decode(cursor), UTF_8));
    } catch (IllegalArgumentException foreign) {
      throw Refused.badArgument(
          "after is not a cursor of this list",
          "Give the endCursor of the page before, or leave it out for the first page.");
    }
  }
}
