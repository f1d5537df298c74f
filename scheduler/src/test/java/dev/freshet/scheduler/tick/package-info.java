/** Tests of {@code dev.freshet.scheduler.tick}. */
@NullMarked
package dev.freshet.scheduler.tick;

import org.jspecify.annotations.NullMarked;
