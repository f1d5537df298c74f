package dev.freshet.scheduler.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.catalog.event.refresh.ComponentRefreshed;
import dev.freshet.catalog.event.refresh.MemberOutcome;
import dev.freshet.catalog.event.scheduler.InitiatedBy;
import dev.freshet.catalog.event.scheduler.RefreshRequested;
import dev.freshet.catalog.event.scheduler.RequestedMember;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LengthsTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final List<Long> SHORT = List.of(1L);
  private static final List<Long> LONG = List.of(2L);
  private static final List<Long> UNKNOWN = List.of(3L);

  private final Lengths lengths = new Lengths();

  @Test
  void aLongOneLeavesTheLastWorkerToShortOnes() {
    took(1, Duration.ofMillis(999));
    took(2, Duration.ofSeconds(1));

    assertThat(lengths.mayBegin(LONG, 4, 2)).isTrue();
    assertThat(lengths.mayBegin(LONG, 4, 3)).isFalse();
    assertThat(lengths.mayBegin(SHORT, 4, 3)).isTrue();
    assertThat(lengths.mayBegin(UNKNOWN, 4, 3)).isTrue();
    assertThat(lengths.mayBegin(List.of(1L, 2L), 2, 1)).isFalse();
  }

  @Test
  void whereAllAreLongTheyTakeAllWorkers() {
    took(2, Duration.ofSeconds(5));

    assertThat(lengths.mayBegin(LONG, 2, 1)).isTrue();
  }

  @Test
  void theOnlyWorkerIsForEverybody() {
    took(1, Duration.ofMillis(1));
    took(2, Duration.ofSeconds(5));

    assertThat(lengths.mayBegin(LONG, 1, 0)).isTrue();
  }

  @Test
  void nobodyBeginsWithoutAFreeWorker() {
    assertThat(lengths.mayBegin(SHORT, 2, 2)).isFalse();
    assertThat(lengths.mayBegin(SHORT, 2, 5)).isFalse();
  }

  @Test
  void expectedIsWhatAlmostAllDidNotExceed() {
    for (int ms = 1; ms <= 30; ms++) {
      took(1, Duration.ofMillis(ms));
    }
    took(2, Duration.ofMillis(7));

    assertThat(lengths.expected(SHORT)).as("of 11 to 30").isEqualTo(Duration.ofMillis(29));
    assertThat(lengths.expected(LONG)).isEqualTo(Duration.ofMillis(7));
    assertThat(lengths.expected(List.of(1L, 2L, 3L))).isEqualTo(Duration.ofMillis(29));
    assertThat(lengths.expected(UNKNOWN)).isEqualTo(Duration.ZERO);
  }

  @Test
  void whatIsGoneIsForgotten() {
    took(1, Duration.ofMillis(1));
    took(2, Duration.ofSeconds(5));
    lengths.retain(Set.of(2L));

    assertThat(lengths.mayBegin(LONG, 2, 1)).isTrue();
  }

  private void took(long pgtId, Duration time) {
    RequestedMember member =
        new RequestedMember(
            pgtId,
            "scheduled",
            InitiatedBy.SCHEDULER,
            List.of(),
            Optional.empty(),
            Optional.empty());
    lengths.begun(new RefreshRequested(1, List.of(member)), NOON);
    lengths.ended(
        new ComponentRefreshed(1, List.of(new MemberOutcome.Refreshed(pgtId))), NOON.plus(time));
  }
}
