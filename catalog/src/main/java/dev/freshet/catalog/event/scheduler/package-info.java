/**
 * What the scheduler asks for, as messages of the bus.
 *
 * <p>Invariant: a message only starts work that can be found again in the catalog; when one is
 * lost, the next tick asks anew. Nothing here is kept in the log.
 */
@NullMarked
package dev.freshet.catalog.event.scheduler;

import org.jspecify.annotations.NullMarked;
