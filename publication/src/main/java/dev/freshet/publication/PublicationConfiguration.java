package dev.freshet.publication;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of the publications of stream tables. */
@ConfigMapping(prefix = "freshet")
public interface PublicationConfiguration {

  /**
   * How often publications are compared with the catalog and mended, and the slots that read them
   * looked at. Longer lets subscribers miss more of what is changed while somebody has taken a
   * table out of its publication.
   */
  @WithDefault("5s")
  Duration publicationCheckInterval();

  /**
   * How often a message is written into PostgreSQL's log while something is published, so that the
   * slots of stream tables that do not change hold back no log; 0 is never. Longer lets such a slot
   * keep more of it.
   */
  @WithDefault("10s")
  Duration publicationHeartbeatInterval();
}
