/**
 * The log of events: appending to it, and following it.
 *
 * <p>Invariant: an event that has committed is delivered to every consumer at least once, in the
 * order of its stream, however late it commits and however long another transaction stays open. The
 * cursor is a snapshot: new is what is visible now and was not then.
 */
@NullMarked
package dev.freshet.catalog.log;

import org.jspecify.annotations.NullMarked;
