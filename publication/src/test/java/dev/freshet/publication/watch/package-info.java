/** Tests of the watch over publications, on real servers. */
@NullMarked
package dev.freshet.publication.watch;

import org.jspecify.annotations.NullMarked;
