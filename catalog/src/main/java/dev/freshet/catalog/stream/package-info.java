/**
 * The projections as the service reads them for others.
 *
 * <p>Invariant: read-only. They map the views that people query, so that GraphQL and SQL cannot say
 * different things; what is written goes through the log.
 */
@NullMarked
package dev.freshet.catalog.stream;

import org.jspecify.annotations.NullMarked;
