/**
 * What {@code freshet demo} shows: an order shop at work, and stream tables over it.
 *
 * <p>Invariant: the shop stays of the same size, however long it runs; it uses nothing that a user
 * could not use as well.
 */
@NullMarked
package dev.freshet.app.demo;

import org.jspecify.annotations.NullMarked;
