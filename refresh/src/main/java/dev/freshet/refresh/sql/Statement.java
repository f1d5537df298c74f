package dev.freshet.refresh.sql;

/** What PostgreSQL executes, and what a common table expression holds. */
public sealed interface Statement permits Delete, Insert, Merge, Query, Update {
  /** The common table expressions it begins with. */
  With with();

  /** The same statement after other common table expressions. */
  Statement withWith(With changed);

  /** The same statement over what the mapping makes of its parts. */
  Statement mapNodes(NodeMapping mapping);
}
