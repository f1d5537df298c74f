/**
 * The death of sessions, networks, processes and servers.
 *
 * <p>Invariant: whatever dies, and wherever it stands, a stream table is as before or as after, and
 * becomes fresh again; nothing of the dead is left.
 */
@NullMarked
package dev.freshet.app.crash;

import org.jspecify.annotations.NullMarked;
