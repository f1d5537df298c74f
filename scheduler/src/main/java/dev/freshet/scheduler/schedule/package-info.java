/**
 * Schedules: durations and cron expressions.
 *
 * <p>Invariant: pure; the clock and the time zone are arguments. The texts are those that {@code
 * freshet.check_schedule} accepts.
 */
@NullMarked
package dev.freshet.scheduler.schedule;

import org.jspecify.annotations.NullMarked;
