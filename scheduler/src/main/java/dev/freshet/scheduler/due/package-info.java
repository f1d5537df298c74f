/**
 * Which stream tables are due.
 *
 * <p>Invariant: pure. What the scheduler knows of a stream table is a value; what is due follows
 * from it and the time.
 */
@NullMarked
package dev.freshet.scheduler.due;

import org.jspecify.annotations.NullMarked;
