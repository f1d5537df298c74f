/**
 * Keeps stream tables equal to their defining queries: captures changes, compiles deltas, applies
 * them. Knows the other modules only by the events of the catalog.
 */
@NullMarked
package dev.freshet.refresh;

import org.jspecify.annotations.NullMarked;
