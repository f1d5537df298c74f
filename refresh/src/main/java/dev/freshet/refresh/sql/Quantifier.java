package dev.freshet.refresh.sql;

/** How many elements of an array or rows of a subquery must satisfy a comparison. */
public enum Quantifier {
  ANY,
  ALL
}
