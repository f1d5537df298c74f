/**
 * Step tests: a defining query, then changes of its sources and the change that each must cause.
 *
 * <p>Invariant: after every step the stream table equals its query, whatever the test says besides.
 */
@NullMarked
package dev.freshet.refresh.maintain.step;

import org.jspecify.annotations.NullMarked;
