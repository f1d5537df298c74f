/**
 * Looks after the publications of a database while it is served.
 *
 * <p>Invariant: one session of one service does it at a time; where nothing is published it writes
 * nothing.
 */
@NullMarked
package dev.freshet.publication.watch;

import org.jspecify.annotations.NullMarked;
