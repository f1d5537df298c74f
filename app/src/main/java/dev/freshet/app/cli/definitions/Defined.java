package dev.freshet.app.cli.definitions;

import java.util.Optional;
import java.util.Set;

/**
 * A stream table of the database that the caller may see.
 *
 * @param relation the oid of its table
 * @param canonicalQuery its query as PostgreSQL prints it
 * @param publication the name of what carries its changes
 * @param commanded whether the caller may change it
 * @param reads the oids of the tables that it reads
 */
record Defined(
    Definition definition,
    long relation,
    String canonicalQuery,
    Optional<String> publication,
    boolean commanded,
    Set<Long> reads) {

  Defined {
    reads = Set.copyOf(reads);
  }

  String name() {
    return definition.name();
  }
}
