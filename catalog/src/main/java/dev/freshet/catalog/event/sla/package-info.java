/**
 * Events of the objectives of freshness: what the service decided to hold them.
 *
 * <p>Invariant: each says the figures that it was decided by.
 */
@NullMarked
package dev.freshet.catalog.event.sla;

import org.jspecify.annotations.NullMarked;
