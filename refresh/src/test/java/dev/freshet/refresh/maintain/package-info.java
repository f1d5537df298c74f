/**
 * The delta engine against PostgreSQL: after every step a stream table equals its query. What of it
 * is pure is tested alone, beside.
 *
 * <p>Invariant: what is compared was computed by PostgreSQL from the sources, in the same snapshot;
 * texts are compared whole.
 */
@NullMarked
package dev.freshet.refresh.maintain;

import org.jspecify.annotations.NullMarked;
