/**
 * Holds stream tables to their objectives of freshness.
 *
 * <p>Invariant: a tier that somebody has chosen is never changed, and no change of a tier disturbs
 * a refresh.
 */
@NullMarked
package dev.freshet.sla;

import org.jspecify.annotations.NullMarked;
