/** Decides when stream tables are refreshed: schedules, ticks, due-ness, dispatch, leadership. */
@NullMarked
package dev.freshet.scheduler;

import org.jspecify.annotations.NullMarked;
