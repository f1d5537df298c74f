/**
 * The delta rules, one per operator, and the statements that apply a delta to what is kept.
 *
 * <p>A delta is a Z-set: the columns of the relation followed by {@code __weight}, the number of
 * copies that came (positive) or went (negative). Rules read sources as they are now, never as they
 * were.
 *
 * <p>Invariant: applied to a relation that equals its query at the old frontier, the statements
 * make it equal to its query now. Pure: no I/O, no clock, no configuration.
 */
@NullMarked
package dev.freshet.refresh.delta;

import org.jspecify.annotations.NullMarked;
