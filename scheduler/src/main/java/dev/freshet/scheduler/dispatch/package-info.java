/**
 * Requests to the workers and outcomes from them, over the bus.
 *
 * <p>Invariant: what is in flight is not asked for again, and no more is in flight than the workers
 * can run: there is no queue that could grow.
 */
@NullMarked
package dev.freshet.scheduler.dispatch;

import org.jspecify.annotations.NullMarked;
