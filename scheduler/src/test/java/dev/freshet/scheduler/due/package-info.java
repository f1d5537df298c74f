/** Tests of {@code dev.freshet.scheduler.due}. */
@NullMarked
package dev.freshet.scheduler.due;

import org.jspecify.annotations.NullMarked;
