/**
 * The refresh module's end of the bus, and its parts put together.
 *
 * <p>Invariant: every request that was taken is answered with an outcome, whatever happens to it.
 */
@NullMarked
package dev.freshet.refresh.channel;

import org.jspecify.annotations.NullMarked;
