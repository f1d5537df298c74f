package dev.freshet.scheduler.due;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands still until the test moves it, in either direction. */
public final class MovedClock extends Clock {

  private Instant now;

  public MovedClock(String now) {
    this.now = Instant.parse(now);
  }

  public void move(Duration by) {
    now = now.plus(by);
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("deciders ask for instants");
  }
}
