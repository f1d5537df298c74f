/**
 * Capture of what happens to source tables, in typed change buffers, and the buffers' disposal.
 *
 * <p>Invariant: every committed change of a captured source is in its buffers exactly once, as rows
 * with weight −1 and +1, until every consumer that is refreshed by differences has read it; or else
 * there is a mark (a truncation, a gap, another continuity of the source's shape) that sends the
 * consumer to FULL. Nothing here makes a user's statement fail, and nothing waits for a lock on a
 * user's table longer than its timeout. The SQL is in the functions of the migrations {@code
 * V0.21.0.60} to {@code .69}; this package decides when they run and names their outcomes.
 */
@NullMarked
package dev.freshet.refresh.capture;

import org.jspecify.annotations.NullMarked;
