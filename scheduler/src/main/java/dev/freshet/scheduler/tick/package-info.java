/**
 * The tick: what is due, with what is upstream of it, becomes requests.
 *
 * <p>Invariant: a request holds, upstream first, everything upstream of its members, so that one
 * transaction at one snapshot can make all of them equal their definitions.
 */
@NullMarked
package dev.freshet.scheduler.tick;

import org.jspecify.annotations.NullMarked;
