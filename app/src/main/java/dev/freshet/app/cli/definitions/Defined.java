package dev.freshet.app.cli.definitions;

import java.util.Set;

/**
 * A stream table of the database that the caller may see.
 *
 * @param relation the oid of its table
 * @param reads the oids of the tables that it reads
 */
record Defined(Definition definition, long relation, Set<Long> reads) {

  Defined {
    reads = Set.copyOf(reads);
  }

  String name() {
    return definition.name();
  }
}
