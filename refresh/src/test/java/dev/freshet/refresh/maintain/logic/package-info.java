/**
 * The queries of sqllogictest as stream tables: made over empty tables, then the files' own changes
 * happen.
 *
 * <p>Invariant: PostgreSQL judges, not the results that stand in the files.
 */
@NullMarked
package dev.freshet.refresh.maintain.logic;

import org.jspecify.annotations.NullMarked;
