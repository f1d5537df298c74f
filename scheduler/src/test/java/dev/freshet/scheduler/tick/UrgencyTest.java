package dev.freshet.scheduler.tick;

import static dev.freshet.scheduler.due.WatchedBuilder.byId;
import static dev.freshet.scheduler.due.WatchedBuilder.table;
import static dev.freshet.scheduler.tick.Graph.scheduled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.catalog.event.refresh.ComponentRefreshed;
import dev.freshet.catalog.event.refresh.MemberOutcome;
import dev.freshet.catalog.event.scheduler.InitiatedBy;
import dev.freshet.catalog.event.scheduler.RefreshRequested;
import dev.freshet.scheduler.dispatch.Lengths;
import dev.freshet.scheduler.due.Due;
import dev.freshet.scheduler.due.Watched;
import dev.freshet.scheduler.due.WatchedBuilder;
import dev.freshet.scheduler.due.Watchlist;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** All were last looked at at noon, and became due five seconds later. */
class UrgencyTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final Instant SINCE = NOON.plusSeconds(5);

  private final Lengths lengths = new Lengths();
  private final Map<Long, Due> due = new HashMap<>();

  private void takes(long pgtId, Duration time) {
    lengths.begun(new RefreshRequested(1, List.of(scheduled(pgtId))), NOON);
    lengths.ended(
        new ComponentRefreshed(1, List.of(new MemberOutcome.Refreshed(pgtId))), NOON.plus(time));
  }

  private void asked(long pgtId) {
    due.put(pgtId, new Due("manual", InitiatedBy.MANUAL, NOON.plusSeconds(6)));
  }

  /** The order in which they begin, so many seconds after noon. */
  private List<Long> order(int seconds, WatchedBuilder... tables) {
    Watched[] built = Arrays.stream(tables).map(WatchedBuilder::build).toArray(Watched[]::new);
    List<TickPlan.Component> components = new ArrayList<>();
    for (Watched watched : built) {
      due.putIfAbsent(watched.pgtId(), new Due("scheduled", InitiatedBy.SCHEDULER, SINCE));
      components.add(
          new TickPlan.Component(
              List.of(scheduled(watched.pgtId())), due.get(watched.pgtId()).since()));
    }
    return new Urgency(
            new Watchlist(byId(built), Set.of()), due, lengths, NOON.plusSeconds(seconds))
        .order(components).stream()
            .map(component -> component.members().getFirst().pgtId())
            .toList();
  }

  @Test
  void whoMustBeginSoonestToBeInTimeIsFirst() {
    takes(2, Duration.ofSeconds(12));

    assertThat(order(6, table(1).sla("PT20S"), table(2).sla("PT30S"), table(3).sla("PT19S")))
        .as("by 12:00:20, :18 and :19")
        .containsExactly(2L, 3L, 1L);
  }

  @Test
  void withoutAnSlaItIsToBeNoOlderThanTwiceItsScheduleAndTenSeconds() {
    assertThat(order(6, table(1), table(2).sla("PT19S"), table(3).sla("PT21S")))
        .containsExactly(2L, 1L, 3L);
  }

  @Test
  void whatSomebodyWaitsForIsFirst() {
    asked(3);
    asked(4);

    assertThat(order(15, table(1).sla("PT10S"), table(2), table(3), table(4)))
        .containsExactly(3L, 4L, 1L, 2L);
  }

  @Test
  void whereSeveralAreLateWhatTakesMostStalenessAwayIsFirst() {
    takes(1, Duration.ofSeconds(4));
    takes(2, Duration.ofMillis(10));
    takes(3, Duration.ofSeconds(1));

    assertThat(
            order(
                40,
                table(1).sla("PT10S"),
                table(2).sla("PT10S"),
                table(3).sla("PT10S"),
                table(4).sla("PT10M")))
        .as("the fourth is not late")
        .containsExactly(2L, 3L, 1L, 4L);
  }

  /** The short one comes again and again, just looked at; the long one has waited. */
  @Test
  void aLongOneHasItsTurnOnceItIsOldEnough() {
    takes(1, Duration.ofSeconds(10));
    takes(2, Duration.ofSeconds(1));
    WatchedBuilder tired = table(1).sla("PT1S").lookedAt("2026-01-01T11:59:00Z");
    WatchedBuilder brisk = table(2).sla("PT1S").lookedAt("2026-01-01T12:00:00Z");

    assertThat(order(6, tired, brisk)).as("6.6 against 6").containsExactly(1L, 2L);
    assertThat(order(10, tired, brisk)).as("7 against 10").containsExactly(2L, 1L);
  }
}
