/**
 * Predicts what refreshes cost, so that a mode is left before it is slow.
 *
 * <p>Invariant: what is learned from is what is asked with, the number of changes of the sources
 * that a refresh reads; never the rows that it writes, nor statistics of tables.
 */
@NullMarked
package dev.freshet.prediction;

import org.jspecify.annotations.NullMarked;
