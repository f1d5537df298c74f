package dev.freshet.scheduler.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.catalog.event.refresh.ComponentRefreshed;
import dev.freshet.catalog.event.refresh.MemberOutcome;
import dev.freshet.catalog.event.scheduler.InitiatedBy;
import dev.freshet.catalog.event.scheduler.RefreshRequested;
import dev.freshet.catalog.event.scheduler.RequestedMember;
import dev.freshet.scheduler.due.MovedClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class InFlightTest {

  private final MovedClock clock = new MovedClock("2026-01-01T12:00:00Z");
  private final InFlight inFlight = new InFlight();

  @Test
  void whoseAnswerIsOutIsBusy() {
    inFlight.add(new RefreshRequested(1, List.of(scheduled(1), scheduled(2))));
    inFlight.add(new RefreshRequested(1, List.of(scheduled(3))));

    assertThat(inFlight.size()).isEqualTo(2);
    assertThat(inFlight.busy(clock.instant())).isEqualTo(Set.of(1L, 2L, 3L));
    assertThat(inFlight.isBusyWithAny(List.of(2L, 9L), clock.instant())).isTrue();
    assertThat(inFlight.isBusyWithAny(List.of(9L), clock.instant())).isFalse();
  }

  @Test
  void anAnswerFreesTheWholeRequestAndNoOther() {
    inFlight.add(new RefreshRequested(1, List.of(scheduled(1), scheduled(2))));
    inFlight.add(new RefreshRequested(1, List.of(scheduled(3))));

    assertThat(answered(1, new MemberOutcome.Refreshed(2))).isEmpty();
    assertThat(inFlight.size()).isEqualTo(1);
    assertThat(inFlight.busy(clock.instant())).isEqualTo(Set.of(3L));
  }

  @Test
  void theAnswerToAnotherTickFreesNobody() {
    inFlight.add(new RefreshRequested(2, List.of(scheduled(1))));

    assertThat(answered(1, new MemberOutcome.Refreshed(1))).isEmpty();
    assertThat(inFlight.busy(clock.instant())).isEqualTo(Set.of(1L));
  }

  @Test
  void whoWasPostponedRestsForAMoment() {
    inFlight.add(new RefreshRequested(1, List.of(scheduled(1), scheduled(2))));
    answered(1, new MemberOutcome.Postponed(1, "it was locked"), new MemberOutcome.Refreshed(2));

    assertThat(inFlight.size()).isZero();
    clock.move(Duration.ofMillis(199));
    assertThat(inFlight.busy(clock.instant())).isEqualTo(Set.of(1L));
    clock.move(Duration.ofMillis(1));
    assertThat(inFlight.busy(clock.instant())).isEqualTo(Set.of());
  }

  @Test
  void whatWasAskedForAndNotDoneIsStillWanted() {
    inFlight.add(
        new RefreshRequested(
            1,
            List.of(
                member(1, "upstream", InitiatedBy.MANUAL),
                member(2, "manual", InitiatedBy.MANUAL),
                member(3, "initial", InitiatedBy.MANUAL),
                scheduled(4),
                member(5, "manual", InitiatedBy.MANUAL))));

    assertThat(
            answered(
                1,
                new MemberOutcome.Postponed(1, "it was locked"),
                new MemberOutcome.Postponed(2, "it was locked"),
                new MemberOutcome.Unprepared(3),
                new MemberOutcome.Postponed(4, "it was locked"),
                new MemberOutcome.Failed(5, Optional.empty(), false)))
        .isEqualTo(Set.of(2L, 3L));
  }

  private Set<Long> answered(long tickId, MemberOutcome... members) {
    Instant now = clock.instant();
    return inFlight.answered(new ComponentRefreshed(tickId, List.of(members)), now);
  }

  private static RequestedMember scheduled(long pgtId) {
    return member(pgtId, "scheduled", InitiatedBy.SCHEDULER);
  }

  private static RequestedMember member(long pgtId, String reason, InitiatedBy initiatedBy) {
    return new RequestedMember(
        pgtId, reason, initiatedBy, List.of(), Optional.empty(), Optional.empty());
  }
}
