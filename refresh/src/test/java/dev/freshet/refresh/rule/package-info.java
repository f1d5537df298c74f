/**
 * Rule tests: a defining query, the stages it is cut into, and the SQL that maintains them, each
 * case in a golden file of its own, {@code <Test>/<case>.sql}.
 *
 * <p>Run with {@code -Dgolden.update=true} to write the golden files anew, and read what changed
 * before it is committed.
 *
 * <p>Invariant: nothing here asks a database. What PostgreSQL would say of tables, functions and
 * types is said by implementations of the compiler's ports that live in memory; whether the SQL is
 * right is for the step tests.
 */
@NullMarked
package dev.freshet.refresh.rule;

import org.jspecify.annotations.NullMarked;
