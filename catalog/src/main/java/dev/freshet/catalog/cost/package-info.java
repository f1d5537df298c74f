/**
 * What refreshes cost, as the modules ask one another about it.
 *
 * <p>Invariant: an answer is a value and comes from memory, so that a refresh may ask for it.
 */
@NullMarked
package dev.freshet.catalog.cost;

import org.jspecify.annotations.NullMarked;
