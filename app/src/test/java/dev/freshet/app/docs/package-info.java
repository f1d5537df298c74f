/**
 * What the documentation says is true.
 *
 * <p>Invariant: every SQL block of the README and of the pages in docs runs and gives the output
 * shown; reference pages name exactly what there is.
 */
@NullMarked
package dev.freshet.app.docs;

import org.jspecify.annotations.NullMarked;
