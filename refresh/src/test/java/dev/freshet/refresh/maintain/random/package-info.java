/**
 * Random queries over random tables, changed at random.
 *
 * <p>Invariant: everything follows from the seed, and so does every failure.
 */
@NullMarked
package dev.freshet.refresh.maintain.random;

import org.jspecify.annotations.NullMarked;
