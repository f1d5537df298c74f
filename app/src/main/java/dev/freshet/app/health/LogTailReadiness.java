package dev.freshet.app.health;

import dev.freshet.app.wiring.EventFeed;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** The log of events is followed. */
@Readiness
@ApplicationScoped
class LogTailReadiness implements HealthCheck {

  private final EventFeed feed;

  LogTailReadiness(EventFeed feed) {
    this.feed = feed;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("log").status(feed.isFollowing()).build();
  }
}
