package dev.freshet.refresh;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of refreshes. */
@ConfigMapping(prefix = "freshet")
public interface RefreshConfiguration {

  /** After how many errors in a row a stream table is suspended until somebody resumes it. */
  @WithDefault("3")
  int maxConsecutiveErrors();

  /**
   * How long a statement of a refresh may run; 0 is for ever. A first population of a large table
   * needs long.
   */
  @WithDefault("1h")
  Duration refreshTimeout();

  /**
   * How long a refresh waits for a lock on a source. Meanwhile others queue behind it, so it should
   * be short; a refresh that did not get its lock is tried again at the next tick.
   */
  @WithDefault("1s")
  Duration refreshLockTimeout();

  /**
   * {@code work_mem} of a refresh: more makes large joins and sorts faster, and takes memory of the
   * database's machine.
   */
  @WithDefault("64MB")
  String refreshWorkMem();

  /**
   * The share of a source's rows beyond which AUTO takes FULL: 0.5 is half of them. DIFFERENTIAL
   * costs by the change, FULL by the source; this is where they are taken to meet.
   */
  @WithDefault("0.5")
  double fullThreshold();

  /**
   * The fuse: a change buffer larger than this takes no more changes, and its readers are computed
   * whole. It bounds what capture takes of the disk while no service runs; smaller means that less
   * of an outage can be caught up with by differences. Half of it is the most that a stream table
   * may lag behind.
   */
  @WithDefault("1G")
  MemorySize bufferBytesMax();

  /**
   * The fuse: a statement that changes more rows than this is not captured row by row, and the
   * source's readers are computed whole. Raise it where such statements change little of a much
   * larger table.
   */
  @WithDefault("1000000")
  long captureRowsMax();

  /**
   * How long outcomes and history are kept before they are folded into one event for each stream
   * table.
   */
  @WithDefault("7d")
  Duration historyRetention();
}
