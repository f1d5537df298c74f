/** Tests of {@code dev.freshet.scheduler.schedule}. */
@NullMarked
package dev.freshet.scheduler.schedule;

import org.jspecify.annotations.NullMarked;
