/**
 * What of the rewriting can be said without a query; what becomes of queries is said by the rule
 * tests.
 *
 * <p>Invariant: pure, like what is tested.
 */
@NullMarked
package dev.freshet.refresh.rewrite;

import org.jspecify.annotations.NullMarked;
