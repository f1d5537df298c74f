/**
 * What modules have done from time to time in the housekeeping's session.
 *
 * <p>Invariant: ports only; whoever has a chore implements it, whoever keeps house runs it.
 */
@NullMarked
package dev.freshet.catalog.chore;

import org.jspecify.annotations.NullMarked;
