/**
 * The service's engine, scheduler and workers together, against a real PostgreSQL.
 *
 * <p>Invariant: no mocks; what is waited for is waited for by the procedures that users have.
 */
@NullMarked
package dev.freshet.app.engine;

import org.jspecify.annotations.NullMarked;
