/**
 * Events of the SQL surface: what users have commanded.
 *
 * <p>Invariant: they are appended by SQL functions only, in the transaction of the command; Java
 * reads them.
 */
@NullMarked
package dev.freshet.catalog.event.surface;

import org.jspecify.annotations.NullMarked;
