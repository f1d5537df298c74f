/**
 * The table of supported SQL in {@code docs/sql-support.md}: a query for each construct, which is
 * created and changed.
 *
 * <p>Invariant: a cell of the table was seen on the version of PostgreSQL above it.
 */
@NullMarked
package dev.freshet.refresh.maintain.support;

import org.jspecify.annotations.NullMarked;
