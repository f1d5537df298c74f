package dev.freshet.scheduler.due;

import static dev.freshet.scheduler.due.WatchedBuilder.table;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.catalog.event.scheduler.InitiatedBy;
import dev.freshet.catalog.freshness.Tier;
import dev.freshet.scheduler.schedule.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The clock stands at noon. */
class DueRuleTest {

  private static final String NOON = "2026-01-01T12:00:00Z";

  private final MovedClock clock = new MovedClock(NOON);
  private final DueRule rule = new DueRule(ZoneOffset.UTC);

  @Test
  void aPeriodIsOverAtItsEndAndNotBefore() {
    Watched table = table(1).lookedAt("2026-01-01T11:59:00.001Z").build();

    assertThat(due(table, demands("1m"))).isEmpty();
    clock.move(Duration.ofMillis(1));
    assertThat(due(table, demands("1m"))).contains(scheduled("2026-01-01T12:00:00.001Z"));
  }

  @Test
  void theShortestDemandDecides() {
    Watched table = table(1).lookedAt("2026-01-01T11:59:55Z").build();

    assertThat(due(table, demands("1m", "3s", "@hourly")))
        .contains(scheduled("2026-01-01T11:59:58Z"));
  }

  @Test
  void aDemandIsStretched() {
    Watched table = table(1).lookedAt("2026-01-01T11:59:50Z").build();
    Schedule second = Schedule.parse("1s");

    assertThat(due(table, Set.of(new Demand(second, 10)))).contains(scheduled(NOON));
    assertThat(due(table, Set.of(new Demand(second, 11)))).isEmpty();
  }

  @Test
  void nothingIsDueWithoutADemand() {
    assertThat(due(table(1).lookedAt("2020-01-01T00:00:00Z").build(), Set.of())).isEmpty();
  }

  @Test
  void missedFiringsAreOne() {
    Watched table = table(1).lookedAt("2026-01-01T09:30:00Z").build();

    assertThat(due(table, demands("@hourly"))).contains(scheduled("2026-01-01T10:00:00Z"));
    assertThat(due(table.lookedAt(clock.instant()), demands("@hourly"))).isEmpty();
  }

  @Test
  void firingsAreThoseOfTheTimeZone() {
    Watched table = table(1).lookedAt("2026-01-01T11:29:00Z").build();
    DueRule inKolkata = new DueRule(ZoneId.of("Asia/Kolkata"));

    assertThat(inKolkata.decide(table, demands("@hourly"), false, clock.instant()))
        .contains(scheduled("2026-01-01T11:30:00Z"));
  }

  @Test
  void whatNeverFiresIsNeverDue() {
    assertThat(due(table(1).lookedAt("2020-01-01T00:00:00Z").build(), demands("0 0 30 2 *")))
        .isEmpty();
  }

  @Test
  void aClockThatJumpsForwardMakesItDueOnce() {
    Watched table = table(1).lookedAt(NOON).build();
    clock.move(Duration.ofDays(400));

    assertThat(due(table, demands("1m"))).contains(scheduled("2026-01-01T12:01:00Z"));
    assertThat(due(table.lookedAt(clock.instant()), demands("1m"))).isEmpty();
  }

  @Test
  void whatIsAskedForIsDueNow() {
    Watched table = table(1).tier(Tier.FROZEN).mustBeFull("repair").lookedAt(NOON).build();

    assertThat(asked(table)).contains(new Due("manual", InitiatedBy.MANUAL, clock.instant()));
  }

  @Test
  void whatMustBeFullIsDueSinceTheLastLook() {
    Watched table = table(1).mustBeFull("truncated").lookedAt("2026-01-01T11:59:59Z").build();

    assertThat(due(table, demands("1d")))
        .contains(
            new Due("truncated", InitiatedBy.SCHEDULER, Instant.parse("2026-01-01T11:59:59Z")));
  }

  @Test
  void whatFailedIsTriedAgainWhenItsTimeHasCome() {
    Watched table = table(1).retryAt("2026-01-01T12:00:01Z").lookedAt(NOON).build();

    assertThat(due(table, demands("100ms"))).isEmpty();
    clock.move(Duration.ofSeconds(1));
    assertThat(due(table, demands("1d"))).contains(scheduled("2026-01-01T12:00:01Z"));
  }

  @Test
  void whatFailedIsTriedAgainForTheReasonItHad() {
    Watched table = table(1).retryAt(NOON).mustBeFull("capture_changed").build();

    assertThat(due(table, Set.of()))
        .contains(new Due("capture_changed", InitiatedBy.SCHEDULER, clock.instant()));
  }

  @Test
  void aRequestDoesNotWaitForTheBackOff() {
    Watched table = table(1).retryAt("2026-01-01T12:05:00Z").build();

    assertThat(asked(table)).contains(new Due("manual", InitiatedBy.MANUAL, clock.instant()));
  }

  @Test
  void whatFailedForGoodIsNotTriedAgain() {
    Watched table = table(1).status(new Status.Failed(Optional.empty())).build();

    assertThat(due(table, demands("100ms"))).isEmpty();
    assertThat(asked(table)).isEmpty();
  }

  @Test
  void whatIsSuspendedIsNotRefreshed() {
    Watched table =
        table(1).status(new Status.Suspended()).lookedAt("2020-01-01T00:00:00Z").build();

    assertThat(due(table, demands("1s"))).isEmpty();
    assertThat(asked(table)).isEmpty();
  }

  @Test
  void whatIsToBeFilledIsDueWhateverItsSchedule() {
    Watched table =
        table(1).status(new Status.Initializing(true)).lookedAt("2026-01-01T11:59:59Z").build();

    assertThat(due(table, Set.of()))
        .contains(new Due("initial", InitiatedBy.INITIAL, Instant.parse("2026-01-01T11:59:59Z")));
    assertThat(asked(table)).contains(new Due("initial", InitiatedBy.MANUAL, clock.instant()));
  }

  @Test
  void whatIsNotToBeFilledByItselfWaitsForARequest() {
    Watched table =
        table(1).status(new Status.Initializing(false)).lookedAt("2020-01-01T00:00:00Z").build();

    assertThat(due(table, demands("1s"))).isEmpty();
    assertThat(asked(table)).contains(new Due("initial", InitiatedBy.MANUAL, clock.instant()));
  }

  @Test
  void whatIsNotPreparedIsNotRefreshed() {
    for (Preparation preparation : Arrays.asList(needed(), new Preparation.Impossible())) {
      Watched table = table(1).preparation(preparation).mustBeFull("definition_changed").build();

      assertThat(due(table, demands("1s"))).isEmpty();
      assertThat(asked(table)).isEmpty();
    }
  }

  @Test
  void whatIsAskedForOrDueByItselfIsNoRoutine() {
    Due byTime = scheduled(NOON);
    Due byReason = new Due("truncated", InitiatedBy.SCHEDULER, clock.instant());
    Due byHand = new Due("manual", InitiatedBy.MANUAL, clock.instant());

    assertThat(Arrays.asList(byTime.isRoutine(), byReason.isRoutine(), byHand.isRoutine()))
        .containsExactly(true, false, false);
    assertThat(Arrays.asList(byTime.isAskedFor(), byReason.isAskedFor(), byHand.isAskedFor()))
        .containsExactly(false, false, true);
  }

  @Test
  void preparationIsDueWhereItIsNeeded() {
    assertThat(isPreparationDue(table(1).preparation(needed()), false)).isTrue();
    assertThat(isPreparationDue(table(1).preparation(new Preparation.Ready()), true)).isFalse();
    assertThat(isPreparationDue(table(1).preparation(new Preparation.Impossible()), true))
        .isFalse();
  }

  @Test
  void preparationDoesNotWaitForTheFirstRequest() {
    Status waiting = new Status.Initializing(false);

    assertThat(isPreparationDue(table(1).preparation(needed()).status(waiting), false)).isTrue();
  }

  @Test
  void whatIsSuspendedIsNotPrepared() {
    Status suspended = new Status.Suspended();

    assertThat(isPreparationDue(table(1).preparation(needed()).status(suspended), true)).isFalse();
  }

  @Test
  void preparationThatFailedIsTriedAgainWhenItsTimeHasComeOrSomebodyAsks() {
    WatchedBuilder failed = table(1).preparation(needed()).retryAt("2026-01-01T12:00:01Z");

    assertThat(isPreparationDue(failed, false)).isFalse();
    assertThat(isPreparationDue(failed, true)).isTrue();
    clock.move(Duration.ofSeconds(1));
    assertThat(isPreparationDue(failed, false)).isTrue();
  }

  @Test
  void whatWasChangedAfterItFailedForGoodIsPrepared() {
    Status failed = new Status.Failed(Optional.empty());

    assertThat(isPreparationDue(table(1).preparation(needed()).status(failed), false)).isTrue();
  }

  private boolean isPreparationDue(WatchedBuilder table, boolean wanted) {
    return rule.isPreparationDue(table.build(), wanted, clock.instant());
  }

  private Optional<Due> due(Watched table, Set<Demand> demands) {
    return rule.decide(table, demands, false, clock.instant());
  }

  private Optional<Due> asked(Watched table) {
    return rule.decide(table, Set.of(), true, clock.instant());
  }

  private static Set<Demand> demands(String... schedules) {
    return Arrays.stream(schedules)
        .map(schedule -> new Demand(Schedule.parse(schedule), 1))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Due scheduled(String since) {
    return new Due("scheduled", InitiatedBy.SCHEDULER, Instant.parse(since));
  }

  private static Preparation needed() {
    return new Preparation.Needed(7);
  }
}
