/**
 * Which of several services serves a database.
 *
 * <p>Invariant: who schedules holds the advisory lock (1718775923, 0) in a session of its own, and
 * stops when that session ends. It is no fence: that no refresh is applied twice is held by the
 * frontier's compare-and-set and by each stream table's lock.
 */
@NullMarked
package dev.freshet.scheduler.lead;

import org.jspecify.annotations.NullMarked;
