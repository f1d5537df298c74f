/**
 * The benchmark runs, on a scale that shows nothing but that.
 *
 * <p>Invariant: no test looks at a figure.
 */
@NullMarked
package dev.freshet.app.bench;

import org.jspecify.annotations.NullMarked;
