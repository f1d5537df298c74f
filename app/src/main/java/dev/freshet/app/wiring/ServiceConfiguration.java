package dev.freshet.app.wiring;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of the application itself. */
@ConfigMapping(prefix = "freshet")
public interface ServiceConfiguration {

  /**
   * The database that is served, {@code postgresql://user:password@host:port/database}. Usually
   * given as {@code --url} or in the environment variable {@code FRESHET_URL}.
   */
  String url();

  /**
   * How often the figures of stream tables and change buffers are read for the metrics. Longer
   * costs the database less; the lag is exact at any time.
   */
  @WithDefault("10s")
  Duration metricsInterval();

  /**
   * How many stream tables, and how many change buffers, have a time series of their own in the
   * metrics; the first by name. It bounds what Prometheus must store.
   */
  @WithDefault("500")
  int metricsSeriesMax();
}
