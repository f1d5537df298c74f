package dev.freshet.scheduler.tick;

import static dev.freshet.scheduler.due.WatchedBuilder.table;
import static dev.freshet.scheduler.tick.Graph.NOON;
import static dev.freshet.scheduler.tick.Graph.blocked;
import static dev.freshet.scheduler.tick.Graph.component;
import static dev.freshet.scheduler.tick.Graph.idle;
import static dev.freshet.scheduler.tick.Graph.member;
import static dev.freshet.scheduler.tick.Graph.plan;
import static dev.freshet.scheduler.tick.Graph.scheduled;
import static dev.freshet.scheduler.tick.Graph.upstream;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.catalog.event.scheduler.InitiatedBy;
import dev.freshet.catalog.freshness.Tier;
import dev.freshet.scheduler.due.Preparation;
import dev.freshet.scheduler.due.Status;
import dev.freshet.scheduler.due.WatchedBuilder;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What becomes of those whose upstream cannot be refreshed. 2 reads 1. */
class SkipTest {

  @Test
  void theConsumerOfASuspendedOneIsSkipped() {
    assertThat(consumerOf(table(1).status(new Status.Suspended())))
        .isEqualTo(plan(blocked(scheduled(2, 1L), "upstream_suspended")));
  }

  @Test
  void theConsumerOfAFailedOneIsSkipped() {
    assertThat(consumerOf(table(1).retryAt("2026-01-01T12:00:01Z")))
        .isEqualTo(plan(blocked(scheduled(2, 1L), "upstream_error")));
    assertThat(consumerOf(table(1).status(new Status.Failed(Optional.empty()))))
        .isEqualTo(plan(blocked(scheduled(2, 1L), "upstream_error")));
  }

  @Test
  void theConsumerOfOneThatWaitsForItsFirstRequestIsSkipped() {
    assertThat(consumerOf(table(1).status(new Status.Initializing(false))))
        .isEqualTo(plan(blocked(scheduled(2, 1L), "upstream_initializing")));
  }

  @Test
  void theConsumerOfALostOneIsSkipped() {
    assertThat(consumerOf(table(1).preparation(new Preparation.Impossible())))
        .isEqualTo(plan(blocked(scheduled(2, 1L), "upstream_error")));
  }

  @Test
  void theConsumerOfAFrozenOneIsSkippedWhileThatIsStale() {
    WatchedBuilder frozen = table(1).tier(Tier.FROZEN);

    assertThat(Graph.of(frozen, table(2).reads(1L)).due(2L).stale(1L, 2L).decide())
        .isEqualTo(plan(blocked(scheduled(2, 1L), "upstream_frozen")));
    assertThat(Graph.of(frozen, table(2).reads(1L)).due(2L).stale(2L).decide())
        .isEqualTo(plan(upstream(1), scheduled(2, 1L)));
  }

  @Test
  void aSkipIsHandedDown() {
    assertThat(
            Graph.of(
                    table(1).status(new Status.Suspended()), table(2).reads(1L), table(3).reads(2L))
                .due(3L)
                .stale(3L)
                .decide())
        .isEqualTo(plan(blocked(scheduled(3, 2L), "upstream_suspended")));
  }

  @Test
  void aSkipIsSaidOnce() {
    Graph graph =
        Graph.of(
                table(1).status(new Status.Suspended()),
                table(2).reads(1L).skippedFor("upstream_suspended"))
            .due(2L)
            .stale(2L);

    assertThat(graph.decide()).isEqualTo(idle(2L));
  }

  @Test
  void aSkipForAnotherReasonIsSaid() {
    assertThat(
            Graph.of(
                    table(1).status(new Status.Suspended()),
                    table(2).reads(1L).skippedFor("upstream_error"))
                .due(2L)
                .stale(2L)
                .decide())
        .isEqualTo(plan(blocked(scheduled(2, 1L), "upstream_suspended")));
  }

  @Test
  void whoAsksIsToldOfTheSkipEveryTime() {
    assertThat(
            Graph.of(
                    table(1).status(new Status.Suspended()),
                    table(2).reads(1L).skippedFor("upstream_suspended"))
                .asked(2)
                .decide())
        .isEqualTo(
            plan(blocked(member(2, "manual", InitiatedBy.MANUAL, 1L), "upstream_suspended")));
  }

  @Test
  void aSkipEndsWithItsReason() {
    assertThat(
            Graph.of(table(1), table(2).reads(1L).skippedFor("upstream_suspended"))
                .due(2L)
                .stale(2L)
                .decide())
        .isEqualTo(plan(upstream(1), scheduled(2, 1L)));
  }

  @Test
  void oneBranchOfADiamondSkipsWhatJoinsItAndNotTheOther() {
    Graph diamond =
        Graph.of(
            table(1),
            table(2).reads(1L).status(new Status.Suspended()),
            table(3).reads(1L),
            table(4).reads(3L, 2L));

    assertThat(diamond.due(3L, 4L).stale(1L).decide())
        .isEqualTo(
            plan(
                upstream(1),
                scheduled(3, 1L),
                blocked(scheduled(4, 2L, 3L), "upstream_suspended")));
  }

  @Test
  void whatIsUpstreamOfSkippedOnesOnlyIsNotRefreshed() {
    assertThat(
            Graph.of(table(1), table(2).status(new Status.Suspended()), table(3).reads(1L, 2L))
                .due(3L)
                .stale(1L)
                .decide())
        .isEqualTo(plan(blocked(scheduled(3, 1L, 2L), "upstream_suspended")));
  }

  @Test
  void aFailedOneThatIsTriedAgainTakesItsConsumersAlong() {
    assertThat(
            Graph.of(table(1).retryAt("2026-01-01T12:00:00Z"), table(2).reads(1L))
                .due(1L, 2L)
                .stale(1L)
                .decide())
        .isEqualTo(plan(scheduled(1), scheduled(2, 1L)));
  }

  @Test
  void aRequestTakesAFailedAFrozenAndAnEmptyUpstreamAlong() {
    for (WatchedBuilder upstream :
        List.of(
            table(1).retryAt("2026-01-01T12:05:00Z"),
            table(1).tier(Tier.FROZEN),
            table(1).status(new Status.Initializing(false)))) {
      assertThat(Graph.of(upstream, table(2).reads(1L)).asked(2).stale(1L).decide())
          .isEqualTo(
              plan(
                  member(1, "upstream", InitiatedBy.MANUAL),
                  member(2, "manual", InitiatedBy.MANUAL, 1L)));
    }
  }

  @Test
  void aRequestDoesNotReviveASuspendedUpstreamOrOneThatFailedForGood() {
    assertThat(
            Graph.of(table(1).status(new Status.Failed(Optional.empty())), table(2).reads(1L))
                .asked(2)
                .decide())
        .isEqualTo(plan(blocked(member(2, "manual", InitiatedBy.MANUAL, 1L), "upstream_error")));
  }

  @Test
  void whatIsBeingPreparedOrFilledIsWaitedFor() {
    Preparation needed = new Preparation.Needed(1);

    assertThat(consumerOf(table(1).preparation(needed))).isEqualTo(idle());
    assertThat(consumerOf(table(1).status(new Status.Initializing(true)))).isEqualTo(idle());
  }

  @Test
  void whoIsFilledNowIsNotWaitedFor() {
    assertThat(
            Graph.of(table(1).status(new Status.Initializing(true)), table(2).reads(1L))
                .due(1, "initial", InitiatedBy.INITIAL, NOON)
                .due(2L)
                .decide())
        .isEqualTo(plan(member(1, "initial", InitiatedBy.INITIAL), scheduled(2, 1L)));
  }

  @Test
  void oneThatWaitsDoesNotHoldUpTheRest() {
    assertThat(
            Graph.of(
                    table(1).preparation(new Preparation.Needed(1)),
                    table(2).reads(1L),
                    table(3),
                    table(4).reads(1L, 3L))
                .due(2L, 3L, 4L)
                .stale(2L, 3L, 4L)
                .decide())
        .isEqualTo(new TickPlan(List.of(component(scheduled(3))), Set.of()));
  }

  private static TickPlan consumerOf(WatchedBuilder upstream) {
    return Graph.of(upstream, table(2).reads(1L)).due(2L).stale(2L).decide();
  }
}
