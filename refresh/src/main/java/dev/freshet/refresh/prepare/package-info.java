/**
 * Making a stream table ready for its refreshes: its definition compiled, its sources captured, its
 * state laid out.
 *
 * <p>Invariant: what is recorded as compiled for an epoch was compiled from the definition of that
 * epoch, and every change of a captured source since before the next snapshot is in its buffers.
 * Idempotent; whatever it dies at, it begins anew.
 */
@NullMarked
package dev.freshet.refresh.prepare;

import org.jspecify.annotations.NullMarked;
