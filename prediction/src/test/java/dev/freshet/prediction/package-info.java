/** Tests of what refreshes are expected to cost. */
@NullMarked
package dev.freshet.prediction;

import org.jspecify.annotations.NullMarked;
