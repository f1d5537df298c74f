package dev.freshet.refresh.rewrite;

/**
 * Names for relations that rewriting adds to a query: no two are the same, and none is the query's.
 */
final class Aliases {

  private int given;

  /** The next one: {@code __sub7}. */
  String next(String what) {
    given++;
    return "__" + what + given;
  }
}
