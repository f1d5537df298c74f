package dev.freshet.refresh.algebra;

/** What kind of relation a query reads. */
public enum SourceType {
  TABLE,
  PARTITIONED_TABLE,
  STREAM_TABLE,
  MATVIEW,
  FOREIGN_TABLE
}
