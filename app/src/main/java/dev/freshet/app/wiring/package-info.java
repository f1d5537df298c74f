/**
 * The parts put together into one running service.
 *
 * <p>Invariant: nothing listens beyond loopback; the parts start after the database was found
 * usable and stop before the process ends.
 */
@NullMarked
package dev.freshet.app.wiring;

import org.jspecify.annotations.NullMarked;
