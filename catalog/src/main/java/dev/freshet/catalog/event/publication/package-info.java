/**
 * Events of publications: which stream tables are published, and what became of it.
 *
 * <p>Invariant: they are appended by SQL functions only, in the transaction that changes the
 * publication; Java reads them.
 */
@NullMarked
package dev.freshet.catalog.event.publication;

import org.jspecify.annotations.NullMarked;
