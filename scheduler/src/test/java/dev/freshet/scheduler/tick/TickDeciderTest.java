package dev.freshet.scheduler.tick;

import static dev.freshet.scheduler.due.WatchedBuilder.table;
import static dev.freshet.scheduler.tick.Graph.NOON;
import static dev.freshet.scheduler.tick.Graph.component;
import static dev.freshet.scheduler.tick.Graph.idle;
import static dev.freshet.scheduler.tick.Graph.member;
import static dev.freshet.scheduler.tick.Graph.plan;
import static dev.freshet.scheduler.tick.Graph.scheduled;
import static dev.freshet.scheduler.tick.Graph.upstream;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.catalog.event.scheduler.InitiatedBy;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TickDeciderTest {

  @Test
  void nothingDueIsNothingToDo() {
    assertThat(Graph.of(table(1)).stale(1L).decide()).isEqualTo(idle());
  }

  @Test
  void whoIsOnlyDueByTheTimeAndHasNothingToReadIsLetGo() {
    assertThat(Graph.of(table(1), table(2)).due(1L, 2L).stale(2L).decide())
        .isEqualTo(new TickPlan(List.of(component(scheduled(2))), Set.of(1L)));
  }

  @Test
  void whoIsDueForAReasonNeedsNoChanges() {
    assertThat(Graph.of(table(1)).due(1, "truncated", InitiatedBy.SCHEDULER, NOON).decide())
        .isEqualTo(plan(member(1, "truncated", InitiatedBy.SCHEDULER)));
    assertThat(Graph.of(table(1)).asked(1).decide())
        .isEqualTo(plan(member(1, "manual", InitiatedBy.MANUAL)));
    assertThat(Graph.of(table(1)).due(1, "initial", InitiatedBy.INITIAL, NOON).decide())
        .isEqualTo(plan(member(1, "initial", InitiatedBy.INITIAL)));
  }

  @Test
  void whatIsUpstreamComesAlongAndFirst() {
    assertThat(
            Graph.of(table(1).reads(2L), table(2).reads(3L), table(3)).due(1L).stale(3L).decide())
        .isEqualTo(plan(upstream(3), upstream(2, 3L), scheduled(1, 2L)));
  }

  @Test
  void consumersDoNotComeAlong() {
    assertThat(Graph.of(table(1), table(2).reads(1L)).due(1L).stale(1L, 2L).decide())
        .isEqualTo(plan(scheduled(1)));
  }

  @Test
  void aDiamondIsOneRequest() {
    Graph diamond =
        Graph.of(table(1), table(2).reads(1L), table(3).reads(1L), table(4).reads(2L, 3L));

    assertThat(diamond.due(4L, 2L).stale(1L).decide())
        .isEqualTo(plan(upstream(1), scheduled(2, 1L), upstream(3, 1L), scheduled(4, 2L, 3L)));
  }

  @Test
  void oneWithNothingToReadIsLetGoBesideOneThatHas() {
    // 2 and 3 are of one component, for both read 1, which has not changed.
    assertThat(
            Graph.of(table(1), table(2).reads(1L), table(3).reads(1L))
                .due(2L, 3L)
                .stale(3L)
                .decide())
        .isEqualTo(new TickPlan(List.of(component(upstream(1), scheduled(3, 1L))), Set.of(2L)));
  }

  @Test
  void anUpstreamDueForAReasonGivesItsConsumersWork() {
    assertThat(
            Graph.of(table(1), table(2).reads(1L))
                .due(1, "truncated", InitiatedBy.SCHEDULER, NOON)
                .due(2L)
                .decide())
        .isEqualTo(plan(member(1, "truncated", InitiatedBy.SCHEDULER), scheduled(2, 1L)));
  }

  @Test
  void whatIsUpstreamOfARequestIsOfTheRequest() {
    assertThat(Graph.of(table(1), table(2).reads(1L)).asked(2).decide())
        .isEqualTo(
            plan(
                member(1, "upstream", InitiatedBy.MANUAL),
                member(2, "manual", InitiatedBy.MANUAL, 1L)));
  }

  @Test
  void anUpstreamThatIsDueItselfKeepsItsReason() {
    assertThat(Graph.of(table(1), table(2).reads(1L)).due(1L).stale(1L).asked(2).decide())
        .isEqualTo(plan(scheduled(1), member(2, "manual", InitiatedBy.MANUAL, 1L)));
  }

  @Test
  void unconnectedOnesAreRequestsOfTheirOwnTheLongestDueFirst() {
    assertThat(
            Graph.of(table(1), table(2), table(3))
                .due(1L)
                .due(2, "scheduled", InitiatedBy.SCHEDULER, NOON.minusSeconds(1))
                .due(3, "scheduled", InitiatedBy.SCHEDULER, NOON.plusSeconds(1))
                .stale(1L, 2L, 3L)
                .decide())
        .isEqualTo(
            new TickPlan(
                List.of(
                    new TickPlan.Component(List.of(scheduled(2)), NOON.minusSeconds(1)),
                    component(scheduled(1)),
                    new TickPlan.Component(List.of(scheduled(3)), NOON.plusSeconds(1))),
                Set.of()));
  }

  @Test
  void aComponentIsDueSinceTheFirstOfItsMembersWithWork() {
    assertThat(
            Graph.of(table(1), table(2).reads(1L), table(3).reads(1L), table(4).reads(1L))
                .due(2L)
                .due(3, "scheduled", InitiatedBy.SCHEDULER, NOON.minusSeconds(1))
                .due(4, "scheduled", InitiatedBy.SCHEDULER, NOON.minusSeconds(2))
                .stale(2L, 3L)
                .decide())
        .isEqualTo(
            new TickPlan(
                List.of(
                    new TickPlan.Component(
                        List.of(upstream(1), scheduled(2, 1L), scheduled(3, 1L)),
                        NOON.minusSeconds(1))),
                Set.of(4L)));
  }
}
