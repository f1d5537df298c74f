/**
 * A PostgreSQL server of our own, in a directory of its own, from the libraries that Freshet comes
 * with.
 *
 * <p>Invariant: it listens on loopback only, lets in only the roles it is told to, none of them a
 * superuser, and runs at most once per directory; a server left behind by a process that was killed
 * is stopped before the next one starts.
 */
@NullMarked
package dev.freshet.app.embedded;

import org.jspecify.annotations.NullMarked;
