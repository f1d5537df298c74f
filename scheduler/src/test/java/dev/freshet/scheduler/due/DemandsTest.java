package dev.freshet.scheduler.due;

import static dev.freshet.scheduler.due.WatchedBuilder.byId;
import static dev.freshet.scheduler.due.WatchedBuilder.table;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.catalog.freshness.Tier;
import dev.freshet.scheduler.schedule.Schedule;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Demands where the default is a second. */
class DemandsTest {

  private static final Set<Demand> DEFAULT = Set.of(demand("1s", 1));

  @Test
  void aScheduleOfItsOwnIsItsDemand() {
    assertThat(
            demands(
                table(1).schedule("5m").build(),
                table(2).schedule("@hourly").tier(Tier.WARM).build(),
                table(3).schedule("5m").tier(Tier.COLD).build()))
        .isEqualTo(
            Map.of(
                1L, Set.of(demand("5m", 1)),
                2L, Set.of(demand("@hourly", 2)),
                3L, Set.of(demand("5m", 10))));
  }

  @Test
  void aFrozenOneDemandsNothing() {
    assertThat(
            demands(
                table(1).schedule("5m").tier(Tier.FROZEN).build(),
                table(2).schedule("calculated").tier(Tier.FROZEN).build()))
        .isEqualTo(Map.of(1L, Set.of(), 2L, Set.of()));
  }

  @Test
  void aCalculatedScheduleWithoutConsumersIsTheDefault() {
    assertThat(
            demands(
                table(1).schedule("calculated").build(),
                table(2).schedule("calculated").tier(Tier.COLD).build()))
        .isEqualTo(Map.of(1L, DEFAULT, 2L, Set.of(demand("1s", 10))));
  }

  @Test
  void aCalculatedScheduleIsThatOfTheConsumers() {
    assertThat(
            demands(
                table(1).schedule("calculated").build(),
                table(2).schedule("5m").reads(1L).build(),
                table(3).schedule("@hourly").reads(1L).build()))
        .isEqualTo(
            Map.of(
                1L, Set.of(demand("5m", 1), demand("@hourly", 1)),
                2L, Set.of(demand("5m", 1)),
                3L, Set.of(demand("@hourly", 1))));
  }

  @Test
  void aScheduleOfItsOwnIsNotShortenedByConsumers() {
    assertThat(demands(table(1).schedule("1h").build(), table(2).schedule("1s").reads(1L).build()))
        .isEqualTo(Map.of(1L, Set.of(demand("1h", 1)), 2L, DEFAULT));
  }

  @Test
  void demandsReachThroughCalculatedOnes() {
    assertThat(
            demands(
                table(1).schedule("calculated").build(),
                table(2).schedule("calculated").reads(1L).build(),
                table(3).schedule("calculated").reads(1L).build(),
                table(4).schedule("5m").reads(2L, 3L).build()))
        .isEqualTo(
            Map.of(
                1L, Set.of(demand("5m", 1)),
                2L, Set.of(demand("5m", 1)),
                3L, Set.of(demand("5m", 1)),
                4L, Set.of(demand("5m", 1))));
  }

  @Test
  void tiersOnTheWayMultiply() {
    assertThat(
            demands(
                table(1).schedule("calculated").tier(Tier.COLD).build(),
                table(2).schedule("5m").tier(Tier.WARM).reads(1L).build()))
        .isEqualTo(Map.of(1L, Set.of(demand("5m", 20)), 2L, Set.of(demand("5m", 2))));
  }

  @Test
  void suspendedAndFrozenConsumersDemandNothing() {
    assertThat(
            demands(
                table(1).schedule("calculated").build(),
                table(2).schedule("100ms").reads(1L).status(new Status.Suspended()).build(),
                table(3).schedule("100ms").reads(1L).tier(Tier.FROZEN).build(),
                table(4).schedule("5m").reads(1L).build()))
        .isEqualTo(
            Map.of(
                1L, Set.of(demand("5m", 1)),
                2L, Set.of(demand("100ms", 1)),
                3L, Set.of(),
                4L, Set.of(demand("5m", 1))));
  }

  @Test
  void withOnlySuchConsumersTheDefaultHolds() {
    assertThat(
            demands(
                table(1).schedule("calculated").build(),
                table(2).schedule("5m").reads(1L).tier(Tier.FROZEN).build()))
        .isEqualTo(Map.of(1L, DEFAULT, 2L, Set.of()));
  }

  @Test
  void upstreamsThatAreNotWatchedDoNotMatter() {
    assertThat(demands(table(2).schedule("5m").reads(1L).build()))
        .isEqualTo(Map.of(2L, Set.of(demand("5m", 1))));
  }

  @Test
  void aCycleWouldEnd() {
    assertThat(
            demands(
                table(1).schedule("calculated").reads(2L).build(),
                table(2).schedule("calculated").reads(1L).build()))
        .isEqualTo(Map.of(1L, DEFAULT, 2L, DEFAULT));
  }

  @Test
  void tiersAreReadAsTheCatalogWritesThem() {
    assertThat(Tier.of("hot")).isEqualTo(Tier.HOT);
    assertThat(Tier.of("warm")).isEqualTo(Tier.WARM);
    assertThat(Tier.of("cold")).isEqualTo(Tier.COLD);
    assertThat(Tier.of("frozen")).isEqualTo(Tier.FROZEN);
  }

  private static Map<Long, Set<Demand>> demands(Watched... tables) {
    return Demands.of(byId(tables), Duration.ofSeconds(1));
  }

  private static Demand demand(String schedule, int multiplier) {
    return new Demand(Schedule.parse(schedule), multiplier);
  }
}
