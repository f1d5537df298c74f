package dev.freshet.scheduler.tick;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.catalog.event.refresh.ComponentRefreshed;
import dev.freshet.catalog.event.refresh.MemberOutcome;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EffectsTest {

  @Test
  void whoWasRefreshedOrSkippedHasBeenLookedAt() {
    assertThat(
            effects(
                new MemberOutcome.Refreshed(1),
                new MemberOutcome.NothingToDo(2),
                new MemberOutcome.Skipped(3, "upstream_error"),
                new MemberOutcome.Postponed(4, "it was locked")))
        .isEqualTo(new Effects(Set.of(1L, 2L, 3L), false));
  }

  @Test
  void theCatalogSaysMoreOfFailuresAndOfWhatMustBePrepared() {
    assertThat(effects(new MemberOutcome.Failed(1, Optional.empty(), false)))
        .isEqualTo(new Effects(Set.of(), true));
    assertThat(effects(new MemberOutcome.Unprepared(1), new MemberOutcome.Refreshed(2)))
        .isEqualTo(new Effects(Set.of(2L), true));
  }

  private static Effects effects(MemberOutcome... members) {
    return Effects.of(new ComponentRefreshed(1, List.of(members)));
  }
}
