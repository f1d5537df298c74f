/**
 * From the defining query to stages: views and common table expressions are expanded, keys
 * inferred, and whatever is not linear becomes a stage of its own.
 *
 * <p>Invariant: every rewriting keeps the query's rows, columns and types; what has no rule ends in
 * {@link dev.freshet.refresh.algebra.NotDifferentiable}, never in a guess. Pure but for {@link
 * dev.freshet.refresh.rewrite.Types}, a port.
 */
@NullMarked
package dev.freshet.refresh.rewrite;

import org.jspecify.annotations.NullMarked;
