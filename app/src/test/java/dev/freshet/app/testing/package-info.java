/**
 * The packaged application as processes of its own, for tests of what its users touch.
 *
 * <p>Invariant: a process that a test started has ended when the test has.
 */
@NullMarked
package dev.freshet.app.testing;

import org.jspecify.annotations.NullMarked;
