/**
 * The graph of stream tables, as the modules ask one another about it.
 *
 * <p>Invariant: ports only; whoever owns the facts implements them.
 */
@NullMarked
package dev.freshet.catalog.graph;

import org.jspecify.annotations.NullMarked;
