/** The metrics as Prometheus reads them from the packaged application. */
@NullMarked
package dev.freshet.app.metrics;

import org.jspecify.annotations.NullMarked;
