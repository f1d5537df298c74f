/**
 * Queries like those of Nexmark, over people, auctions and bids that are tables.
 *
 * <p>Invariant: all are maintained by deltas, and equal to their queries after every change.
 */
@NullMarked
package dev.freshet.refresh.maintain.nexmark;

import org.jspecify.annotations.NullMarked;
