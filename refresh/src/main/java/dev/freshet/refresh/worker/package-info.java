/**
 * Workers: they take requests from the bus and run each in one transaction at one snapshot.
 *
 * <p>Invariant: the rows of a stream table, its frontier and the event that reports the refresh
 * commit together or not at all. Whatever dies, and whenever, the stream table is as before or as
 * after.
 */
@NullMarked
package dev.freshet.refresh.worker;

import org.jspecify.annotations.NullMarked;
