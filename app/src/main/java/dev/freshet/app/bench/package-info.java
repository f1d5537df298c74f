/**
 * {@code freshet bench}: what maintaining costs, against what people do today, both sides in one
 * run on one machine.
 *
 * <p>Invariant: sides that are compared run interleaved on the same state, and what is reported as
 * cheaper is the CPU time of the server's process where the server can read it; wall time and the
 * machine's load stand beside it.
 */
@NullMarked
package dev.freshet.app.bench;

import org.jspecify.annotations.NullMarked;
