/** Tests of {@code dev.freshet.scheduler.dispatch}. */
@NullMarked
package dev.freshet.scheduler.dispatch;

import org.jspecify.annotations.NullMarked;
