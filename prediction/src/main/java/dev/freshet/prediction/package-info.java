/** Cost models of refreshes. Empty until they exist. */
@NullMarked
package dev.freshet.prediction;

import org.jspecify.annotations.NullMarked;
