package dev.freshet.scheduler.tick;

import static dev.freshet.scheduler.due.WatchedBuilder.table;
import static dev.freshet.scheduler.tick.CoordinatorInMemory.BEGINNING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.catalog.event.refresh.MemberOutcome;
import dev.freshet.catalog.event.scheduler.RefreshRequested;
import dev.freshet.catalog.freshness.Cycle;
import dev.freshet.catalog.freshness.Tier;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Cycles of a stream table with a schedule of a second, last looked at when it was due. */
class MeasuredCyclesTest {

  private static Cycle cycle(long gapMs, long waitedMs, long tookMs) {
    return new Cycle(
        1,
        Tier.HOT,
        Duration.ofMillis(gapMs),
        Duration.ofMillis(waitedMs),
        Duration.ofMillis(tookMs));
  }

  private static CoordinatorInMemory refreshed() {
    CoordinatorInMemory service = CoordinatorInMemory.of(table(1).sla("PT30S"));
    service.tick();
    service.answer(BEGINNING, new MemberOutcome.Refreshed(1));
    service.cycles.clear();
    return service;
  }

  @Test
  void lastsFromOneLookUntilTheNextHasMadeItFresh() {
    CoordinatorInMemory service = refreshed();

    service.tickAfter(Duration.ofMillis(1300));
    service.clock.move(Duration.ofMillis(200));
    service.answer(BEGINNING + 1300, new MemberOutcome.Refreshed(1));

    assertThat(service.cycles).containsExactly(cycle(1500, 300, 200));
  }

  @Test
  void endsWhereThereIsNothingToDo() {
    CoordinatorInMemory service = refreshed();
    service.stale.clear();

    service.tickAfter(Duration.ofMillis(1100));
    service.tickAfter(Duration.ofMillis(500));
    service.tickAfter(Duration.ofMillis(500));

    assertThat(service.cycles).containsExactly(cycle(1100, 100, 0), cycle(1000, 0, 0));
  }

  @Test
  void doesNotEndWithAFailure() {
    CoordinatorInMemory service = refreshed();

    service.tickAfter(Duration.ofSeconds(1));
    service.answer(BEGINNING + 1000, new MemberOutcome.Postponed(1, "locked"));

    assertThat(service.cycles).isEmpty();
  }

  @Test
  void ofWhoHasNoObjectiveNothingIsTold() {
    CoordinatorInMemory service = CoordinatorInMemory.of(table(1));
    service.tick();
    service.answer(BEGINNING, new MemberOutcome.Refreshed(1));

    assertThat(service.cycles).isEmpty();
  }

  @Test
  void aRequestSaysByWhenItMustBeFresh() {
    CoordinatorInMemory service = refreshed();

    assertThat(service.tickAfter(Duration.ofSeconds(1)))
        .singleElement()
        .satisfies(work ->
            assertThat(((RefreshRequested) work).members().getFirst().freshnessDeadline())
                .contains(Instant.ofEpochMilli(BEGINNING).plusSeconds(30)));
  }

  @Test
  void whoseScheduleIsCalculatedHasTheTightestObjectiveOfItsConsumers() {
    CoordinatorInMemory service =
        CoordinatorInMemory.of(
            table(1).schedule("calculated").sla("PT10M"),
            table(2).schedule("calculated").reads(1L),
            table(3).reads(2L).sla("PT5S"),
            table(4).reads(1L).sla("PT1H"));
    RefreshRequested request = (RefreshRequested) service.tick().getFirst();

    assertThat(
            request.members().stream()
                .map(member ->
                    Duration.between(
                        Instant.ofEpochMilli(BEGINNING - 1000),
                        member.freshnessDeadline().orElseThrow()))
                .toList())
        .containsExactlyInAnyOrderElementsOf(
            List.of(
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofHours(1)));
  }
}
