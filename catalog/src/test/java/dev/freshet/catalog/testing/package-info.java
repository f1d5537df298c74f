/**
 * A real PostgreSQL for tests.
 *
 * <p>Invariant: one server per JVM, one fresh database per caller.
 */
@NullMarked
package dev.freshet.catalog.testing;

import org.jspecify.annotations.NullMarked;
