/**
 * The delta engine against PostgreSQL: after every step a stream table equals its query.
 *
 * <p>Invariant: what is compared was computed by PostgreSQL from the sources, in the same snapshot.
 */
@NullMarked
package dev.freshet.refresh.maintain;

import org.jspecify.annotations.NullMarked;
