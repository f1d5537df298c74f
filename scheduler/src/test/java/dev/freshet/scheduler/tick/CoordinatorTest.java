package dev.freshet.scheduler.tick;

import static dev.freshet.scheduler.due.WatchedBuilder.table;
import static dev.freshet.scheduler.tick.CoordinatorInMemory.BEGINNING;
import static dev.freshet.scheduler.tick.CoordinatorInMemory.refreshAt;
import static dev.freshet.scheduler.tick.Graph.blocked;
import static dev.freshet.scheduler.tick.Graph.member;
import static dev.freshet.scheduler.tick.Graph.scheduled;
import static dev.freshet.scheduler.tick.Graph.upstream;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.catalog.event.refresh.HousekeepingDone;
import dev.freshet.catalog.event.refresh.MemberOutcome;
import dev.freshet.catalog.event.refresh.Prepared;
import dev.freshet.catalog.event.scheduler.HousekeepingRequested;
import dev.freshet.catalog.event.scheduler.InitiatedBy;
import dev.freshet.catalog.event.scheduler.PreparationRequested;
import dev.freshet.catalog.event.scheduler.RequestedMember;
import dev.freshet.catalog.event.scheduler.WorkRequested;
import dev.freshet.scheduler.due.Preparation;
import dev.freshet.scheduler.due.Status;
import dev.freshet.scheduler.due.WatchedBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Stream tables were looked at at noon, a second before the clock begins, and each is due after a
 * second. Ticks of the same millisecond are numbered on.
 */
class CoordinatorTest {

  @Test
  void whatIsDueIsAskedForWithWhatIsUpstream() {
    CoordinatorInMemory service =
        CoordinatorInMemory.of(table(1).schedule("1h"), table(2).reads(1L));

    assertThat(service.tick()).containsExactly(refreshAt(0, upstream(1), scheduled(2, 1L)));
  }

  @Test
  void whatIsInFlightIsNotAskedForTwice() {
    CoordinatorInMemory service = busy(8, table(1));

    assertThat(service.tick()).containsExactly(refreshAt(0, scheduled(1)));
    assertThat(service.tickAfter(Duration.ofSeconds(5))).isEmpty();
    service.answer(BEGINNING, new MemberOutcome.Refreshed(1));
    assertThat(service.tick()).containsExactly(refreshAt(5001, scheduled(1)));
  }

  @Test
  void consumersWaitForAnUpstreamInFlight() {
    CoordinatorInMemory service =
        busy(8, table(1), table(2).reads(1L).lookedAt("2026-01-01T12:00:00.500Z"));

    assertThat(service.tick()).containsExactly(refreshAt(0, scheduled(1)));
    assertThat(service.tickAfter(Duration.ofMillis(500))).isEmpty();
    service.answer(BEGINNING, new MemberOutcome.Refreshed(1));
    assertThat(service.tick()).containsExactly(refreshAt(501, upstream(1), scheduled(2, 1L)));
  }

  @Test
  void aPeriodBeginsAnewWithTheTickThatAsked() {
    CoordinatorInMemory service = CoordinatorInMemory.of(table(1));
    service.tick();
    service.clock.move(Duration.ofMillis(300));
    service.answer(BEGINNING, new MemberOutcome.NothingToDo(1));

    assertThat(service.tickAfter(Duration.ofMillis(699))).isEmpty();
    assertThat(service.tickAfter(Duration.ofMillis(1)))
        .containsExactly(refreshAt(1000, scheduled(1)));
  }

  @Test
  void whoHasNothingToReadHasBeenLookedAt() {
    CoordinatorInMemory service = CoordinatorInMemory.of(table(1));
    service.stale.clear();
    assertThat(service.tick()).isEmpty();

    service.stale.add(1L);
    assertThat(service.tickAfter(Duration.ofMillis(999))).isEmpty();
    assertThat(service.tickAfter(Duration.ofMillis(1)))
        .containsExactly(refreshAt(1000, scheduled(1)));
  }

  @Test
  void noMoreIsInFlightThanAllowedTheLongestDueFirst() {
    CoordinatorInMemory service =
        busy(2, table(1), table(2).lookedAt("2026-01-01T11:00:00Z"), table(3).schedule("900ms"));

    assertThat(service.tick())
        .containsExactly(refreshAt(0, scheduled(2)), refreshAt(0, scheduled(3)));
    service.answer(BEGINNING, new MemberOutcome.Refreshed(3));
    assertThat(service.tick()).containsExactly(refreshAt(1, scheduled(1)));
  }

  @Test
  void aSkipIsAskedForOnce() {
    CoordinatorInMemory service =
        CoordinatorInMemory.of(
            table(1).status(new Status.Suspended()), table(2).reads(1L).schedule("100ms"));

    assertThat(service.tick())
        .containsExactly(refreshAt(0, blocked(scheduled(2, 1L), "upstream_suspended")));
    service.answer(BEGINNING, new MemberOutcome.Skipped(2, "upstream_suspended"));
    for (int i = 0; i < 10; i++) {
      assertThat(service.tickAfter(Duration.ofMillis(100))).isEmpty();
    }
  }

  @Test
  void aFailureIsTriedAgainAtItsTime() {
    CoordinatorInMemory service = CoordinatorInMemory.of(table(1));
    service.tick();
    service.catalog.put(table(1).retryAt("2026-01-01T12:00:03Z"));
    service.answer(
        BEGINNING,
        new MemberOutcome.Failed(1, Optional.of(Instant.parse("2026-01-01T12:00:03Z")), false));

    assertThat(service.tickAfter(Duration.ofMillis(1999))).isEmpty();
    assertThat(service.tickAfter(Duration.ofMillis(1)))
        .containsExactly(refreshAt(2000, scheduled(1)));
  }

  @Test
  void whatWasPostponedIsAskedForAfterARest() {
    CoordinatorInMemory service = CoordinatorInMemory.of(table(1));
    service.tick();
    service.answer(BEGINNING, new MemberOutcome.Postponed(1, "it was locked"));

    assertThat(service.tickAfter(Duration.ofMillis(199))).isEmpty();
    assertThat(service.tickAfter(Duration.ofMillis(1)))
        .containsExactly(refreshAt(200, scheduled(1)));
  }

  @Test
  void aRequestIsAnsweredOnce() {
    CoordinatorInMemory service = CoordinatorInMemory.of(table(1).schedule("1h"));
    service.ask(1);

    assertThat(service.tick()).containsExactly(refreshAt(0, manual(1)));
    service.answer(BEGINNING, new MemberOutcome.Refreshed(1));
    assertThat(service.tick()).isEmpty();
  }

  @Test
  void aRequestDuringARefreshIsAnsweredByTheNext() {
    CoordinatorInMemory service = CoordinatorInMemory.of(table(1));
    service.tick();
    service.ask(1);

    assertThat(service.tick()).isEmpty();
    service.answer(BEGINNING, new MemberOutcome.Refreshed(1));
    assertThat(service.tick()).containsExactly(refreshAt(2, manual(1)));
  }

  @Test
  void aRequestOutlivesAPostponement() {
    CoordinatorInMemory service = CoordinatorInMemory.of(table(1).schedule("1h"));
    service.ask(1);
    service.tick();
    service.answer(BEGINNING, new MemberOutcome.Postponed(1, "it was locked"));

    assertThat(service.tickAfter(Duration.ofMillis(200)))
        .containsExactly(refreshAt(200, manual(1)));
  }

  @Test
  void aRequestForWhatIsMadeDuringAReloadIsNotLost() {
    WatchedBuilder made = table(2).status(new Status.Initializing(false));
    CoordinatorInMemory service = CoordinatorInMemory.of();
    service.catalog.afterReading(() -> service.catalog.put(made).ask(2));
    service.reload();

    assertThat(service.tick()).isEmpty();
    service.reload();
    assertThat(service.tick())
        .containsExactly(refreshAt(1, member(2, "initial", InitiatedBy.MANUAL)));
  }

  @Test
  void aRequestThatAnotherServiceLeftIsAnswered() {
    CoordinatorInMemory service =
        new CoordinatorInMemory(
            new CatalogInMemory().put(table(1).schedule("1h")).leaveUnanswered(1L, 9L), 1);

    assertThat(service.tick()).containsExactly(refreshAt(0, manual(1)));
  }

  @Test
  void whatIsNotPreparedIsPreparedFirst() {
    CoordinatorInMemory service =
        CoordinatorInMemory.of(table(1).preparation(new Preparation.Needed(7)));

    assertThat(service.tick()).containsExactly(new PreparationRequested(1, 7));
    assertThat(service.tick()).isEmpty();
    service.catalog.put(table(1));
    service.end(new Prepared(1));
    assertThat(service.tick()).containsExactly(refreshAt(2, scheduled(1)));
  }

  @Test
  void fourArePreparedAtATime() {
    CoordinatorInMemory service =
        CoordinatorInMemory.of(needed(1), needed(2), needed(3), needed(4), needed(5));

    List<WorkRequested> asked = new ArrayList<>(service.tick());
    assertThat(asked).hasSize(4);
    assertThat(service.tick()).isEmpty();
    PreparationRequested first = (PreparationRequested) asked.getFirst();
    service.end(new Prepared(first.pgtId()));
    asked.remove(first);
    asked.addAll(service.tick());
    assertThat(asked).hasSize(4).doesNotHaveDuplicates();
  }

  @Test
  void whenOffNothingIsRefreshedButPreparedAndKept() {
    CoordinatorInMemory service =
        new CoordinatorInMemory(
            new CatalogInMemory().put(table(1), needed(2)).set("freshet.enabled", "off"), 1);

    assertThat(service.tickWithHousekeeping())
        .containsExactly(new HousekeepingRequested(BEGINNING), new PreparationRequested(2, 7));
  }

  @Test
  void houseIsKeptEverySecondAndNotTwiceAtATime() {
    CoordinatorInMemory service = CoordinatorInMemory.of();
    assertThat(service.tickWithHousekeeping())
        .containsExactly(new HousekeepingRequested(BEGINNING));
    service.clock.move(Duration.ofSeconds(2));
    assertThat(service.tickWithHousekeeping()).isEmpty();

    service.end(new HousekeepingDone(BEGINNING));
    assertThat(service.tickWithHousekeeping())
        .containsExactly(new HousekeepingRequested(BEGINNING + 2001));
    service.end(new HousekeepingDone(BEGINNING + 2001));
    service.clock.move(Duration.ofMillis(999));
    assertThat(service.tickWithHousekeeping()).isEmpty();
    service.clock.move(Duration.ofMillis(1));
    assertThat(service.tickWithHousekeeping())
        .containsExactly(new HousekeepingRequested(BEGINNING + 3000));
  }

  private static CoordinatorInMemory busy(int componentsMax, WatchedBuilder... tables) {
    return new CoordinatorInMemory(new CatalogInMemory().put(tables), componentsMax);
  }

  private static RequestedMember manual(long pgtId) {
    return member(pgtId, "manual", InitiatedBy.MANUAL);
  }

  private static WatchedBuilder needed(long pgtId) {
    return table(pgtId).preparation(new Preparation.Needed(7));
  }
}
