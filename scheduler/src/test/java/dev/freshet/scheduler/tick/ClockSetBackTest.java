package dev.freshet.scheduler.tick;

import static dev.freshet.scheduler.due.WatchedBuilder.table;
import static dev.freshet.scheduler.tick.CoordinatorInMemory.BEGINNING;
import static dev.freshet.scheduler.tick.CoordinatorInMemory.refreshAt;
import static dev.freshet.scheduler.tick.Graph.scheduled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.catalog.event.refresh.HousekeepingDone;
import dev.freshet.catalog.event.refresh.MemberOutcome;
import dev.freshet.catalog.event.scheduler.HousekeepingRequested;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * The clock is set back by an hour. What was looked at in what is the future now is looked at again
 * after its period; ticks are numbered on.
 */
class ClockSetBackTest {

  private static final Duration HOUR_BACK = Duration.ofHours(-1);
  private static final Duration TICK = Duration.ofMillis(100);

  @Test
  void periodsBeginAnew() {
    CoordinatorInMemory service = CoordinatorInMemory.of(table(1));
    service.tick();
    service.answer(BEGINNING, new MemberOutcome.Refreshed(1));

    assertThat(service.tickAfter(HOUR_BACK)).isEmpty();
    assertThat(service.tickAfter(Duration.ofMillis(999))).isEmpty();
    assertThat(service.tickAfter(Duration.ofMillis(1))).containsExactly(refreshAt(3, scheduled(1)));
  }

  @Test
  void aRefreshIsFollowedByAPeriodAndNotByAnother() {
    CoordinatorInMemory service = CoordinatorInMemory.of(table(1));
    service.tick();
    service.clock.move(HOUR_BACK);
    service.answer(BEGINNING, new MemberOutcome.Refreshed(1));

    for (int tick = 1; tick <= 10; tick++) {
      assertThat(service.tickAfter(TICK)).isEmpty();
    }
    assertThat(service.tickAfter(TICK)).containsExactly(refreshAt(11, scheduled(1)));
  }

  @Test
  void whatTheCatalogSaysOfTheFutureDoesNotHoldUp() {
    CoordinatorInMemory service = CoordinatorInMemory.of(table(1));
    service.tick();
    service.answer(BEGINNING, new MemberOutcome.Refreshed(1));
    service.catalog.put(table(1).lookedAt("2026-01-01T12:00:01Z"));

    assertThat(service.tickAfter(HOUR_BACK)).isEmpty();
    service.reload();
    assertThat(service.tickAfter(Duration.ofSeconds(1)))
        .containsExactly(refreshAt(2, scheduled(1)));
  }

  @Test
  void aServiceThatStartsBeforeTheLastLookWaitsForAPeriod() {
    CoordinatorInMemory service = CoordinatorInMemory.of(table(1).lookedAt("2026-01-01T13:00:00Z"));

    assertThat(service.tick()).isEmpty();
    assertThat(service.tickAfter(Duration.ofSeconds(1)))
        .containsExactly(refreshAt(1000, scheduled(1)));
  }

  @Test
  void whoRestsRestsNoLonger() {
    CoordinatorInMemory service = CoordinatorInMemory.of(table(1).mustBeFull("truncated"));
    service.tick();
    service.answer(BEGINNING, new MemberOutcome.Postponed(1, "it was locked"));

    assertThat(service.tickAfter(HOUR_BACK)).hasSize(1);
  }

  @Test
  void houseIsKept() {
    CoordinatorInMemory service = CoordinatorInMemory.of();
    service.tick();
    service.end(new HousekeepingDone(BEGINNING));
    service.clock.move(HOUR_BACK);

    assertThat(service.tickWithHousekeeping())
        .containsExactly(new HousekeepingRequested(BEGINNING + 1));
  }
}
