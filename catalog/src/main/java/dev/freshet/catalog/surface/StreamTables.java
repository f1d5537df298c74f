package dev.freshet.catalog.surface;

/** What becomes of the stream tables when Freshet is uninstalled. */
public enum StreamTables {
  /** They are dropped with their definitions. */
  DROP,
  /** They stay as plain tables with the rows that they have. */
  KEEP
}
