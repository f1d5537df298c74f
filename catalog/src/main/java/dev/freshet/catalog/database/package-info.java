/**
 * Sessions on the served PostgreSQL, for code that runs on virtual threads.
 *
 * <p>Invariant: a {@link dev.freshet.catalog.database.Session} is one direct connection, used by
 * one thread at a time; every PostgreSQL error leaves this package as a {@link
 * dev.freshet.catalog.database.DatabaseException}, classified once by its SQLSTATE.
 */
@NullMarked
package dev.freshet.catalog.database;

import org.jspecify.annotations.NullMarked;
