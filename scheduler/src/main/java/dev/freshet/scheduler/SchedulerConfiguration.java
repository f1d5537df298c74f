package dev.freshet.scheduler;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.time.ZoneId;

/** Settings of the scheduler. */
@ConfigMapping(prefix = "freshet")
public interface SchedulerConfiguration {

  /**
   * Whether stream tables are refreshed. When off, changes are still captured, within the buffers'
   * limits. {@code ALTER DATABASE … SET freshet.enabled} has precedence and needs no restart.
   */
  @WithDefault("true")
  boolean enabled();

  /**
   * How often the scheduler looks for what is due; at least 10 ms. Shorter costs the database a
   * query each time. A requested refresh does not wait for it.
   */
  @WithDefault("100ms")
  Duration tickInterval();

  /**
   * The schedule of a stream table whose schedule is {@code calculated} and that has no consumers.
   */
  @WithDefault("1s")
  Duration defaultSchedule();

  /** The time zone of cron expressions. */
  @WithDefault("UTC")
  ZoneId timezone();

  /**
   * How many components of the graph are refreshed at the same time, 0 to 32; 0 and 1 are one after
   * another. {@code ALTER DATABASE … SET freshet.max_parallel_workers} has precedence and needs no
   * restart.
   */
  @WithDefault("0")
  int maxParallelWorkers();
}
