/**
 * Which of several services serves a database.
 *
 * <p>Invariant: who schedules holds the lease, in an epoch that nobody had before, and no
 * transaction of an earlier epoch commits once a later one has begun. The story: {@link
 * dev.freshet.catalog.database.Fence}.
 */
@NullMarked
package dev.freshet.scheduler.lead;

import org.jspecify.annotations.NullMarked;
