/**
 * How fresh stream tables are, as the modules tell one another.
 *
 * <p>Invariant: ports and what they speak of; who listens is quick, and never keeps a tick waiting.
 */
@NullMarked
package dev.freshet.catalog.freshness;

import org.jspecify.annotations.NullMarked;
