/**
 * Prometheus metrics on the management port.
 *
 * <p>Invariant: the number of time series is bounded, whatever the number of stream tables; a lag
 * is right at the moment it is scraped, also while the database cannot be asked.
 */
@NullMarked
package dev.freshet.app.metrics;

import org.jspecify.annotations.NullMarked;
