/**
 * Events of the refresh: what came of it.
 *
 * <p>Invariant: an outcome is appended in the transaction that wrote the rows it reports, so that
 * the log and the data cannot disagree.
 */
@NullMarked
package dev.freshet.catalog.event.refresh;

import org.jspecify.annotations.NullMarked;
