/**
 * From a stream table's definition to the statements that maintain it.
 *
 * <p>Invariant: a plan is made of one state of the catalog and is right for it alone; the shape
 * check of the refresh decides whether that still stands. Planning writes nothing: what it tries
 * out in the database is rolled back.
 */
@NullMarked
package dev.freshet.refresh.maintain;

import org.jspecify.annotations.NullMarked;
