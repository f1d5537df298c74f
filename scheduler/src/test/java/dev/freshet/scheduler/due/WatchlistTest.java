package dev.freshet.scheduler.due;

import static dev.freshet.scheduler.due.WatchedBuilder.byId;
import static dev.freshet.scheduler.due.WatchedBuilder.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.freshet.catalog.event.refresh.ComponentRefreshed;
import dev.freshet.catalog.event.refresh.MemberOutcome;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WatchlistTest {

  private static final Instant LATER = Instant.parse("2026-01-01T13:00:00Z");

  @Test
  void whatTheCatalogSaysReplacesWhatWasKnown() {
    Watchlist before = new Watchlist(byId(table(1).build(), table(2).build()), Set.of(1L, 2L));

    assertThat(before.reloaded(List.of(table(2).schedule("5m").build(), table(3).build())))
        .isEqualTo(
            new Watchlist(byId(table(2).schedule("5m").build(), table(3).build()), Set.of(2L)));
  }

  @Test
  void looksAreRememberedWhenTheCatalogIsReadAgain() {
    Watchlist before = watching(table(1)).lookedAt(List.of(1L), LATER);

    assertThat(before.reloaded(List.of(table(1).schedule("5m").build())))
        .isEqualTo(watching(table(1).schedule("5m").lookedAt("2026-01-01T13:00:00Z")));
  }

  @Test
  void theCatalogsLookCountsForWhatWasNotKnown() {
    Watched known = table(1).lookedAt("2026-01-01T13:00:00Z").build();
    Watched unknown = table(2).lookedAt("2026-01-01T13:00:00Z").build();

    assertThat(watching(table(1)).reloaded(List.of(known, unknown)))
        .isEqualTo(watching(table(1), table(2).lookedAt("2026-01-01T13:00:00Z")));
  }

  @Test
  void looksOfTheFutureAreOfNow() {
    Watchlist list =
        watching(
            table(1).lookedAt("2026-01-01T12:59:59Z"),
            table(2).lookedAt("2026-01-01T13:00:00Z"),
            table(3).lookedAt("2026-01-01T13:00:01Z"));

    assertThat(list.notLookedAtAfter(LATER))
        .isEqualTo(
            watching(
                table(1).lookedAt("2026-01-01T12:59:59Z"),
                table(2).lookedAt("2026-01-01T13:00:00Z"),
                table(3).lookedAt("2026-01-01T13:00:00Z")));
  }

  @Test
  void requestsAreKeptForWhatIsWatched() {
    Watchlist list = watching(table(1), table(2)).wanting(List.of(1L)).wanting(List.of(2L, 9L));

    assertThat(list)
        .isEqualTo(new Watchlist(byId(table(1).build(), table(2).build()), Set.of(1L, 2L)));
    assertThat(list.isWanted(2)).isTrue();
    assertThat(list.answering(List.of(2L, 9L)))
        .isEqualTo(new Watchlist(byId(table(1).build(), table(2).build()), Set.of(1L)));
  }

  @Test
  void looksMoveOnlyWhoWasLookedAt() {
    assertThat(watching(table(1), table(2)).lookedAt(List.of(2L, 9L), LATER))
        .isEqualTo(watching(table(1), table(2).lookedAt("2026-01-01T13:00:00Z")));
  }

  @Test
  void aRefreshMakesItActiveAndEndsItsReasons() {
    Watched failed =
        table(1)
            .retryAt("2026-01-01T12:05:00Z")
            .mustBeFull("truncated")
            .skippedFor("upstream_error")
            .build();
    Watchlist list = new Watchlist(byId(failed), Set.of(1L));
    Watchlist refreshed = new Watchlist(byId(table(1).build()), Set.of(1L));

    assertThat(list.evolve(outcome(new MemberOutcome.Refreshed(1)))).isEqualTo(refreshed);
    assertThat(list.evolve(outcome(new MemberOutcome.NothingToDo(1)))).isEqualTo(refreshed);
  }

  @Test
  void aFailureSaysWhenToTryAgain() {
    Watched table = table(1).mustBeFull("truncated").build();

    assertThat(
            new Watchlist(byId(table), Set.of())
                .evolve(outcome(new MemberOutcome.Failed(1, Optional.of(LATER), false))))
        .isEqualTo(watching(table(1).mustBeFull("truncated").retryAt("2026-01-01T13:00:00Z")));
  }

  @Test
  void aFailureTooManySuspends() {
    assertThat(
            watching(table(1))
                .evolve(outcome(new MemberOutcome.Failed(1, Optional.of(LATER), true))))
        .isEqualTo(watching(table(1).status(new Status.Suspended())));
  }

  @Test
  void aSkipIsRemembered() {
    assertThat(
            watching(table(1)).evolve(outcome(new MemberOutcome.Skipped(1, "upstream_suspended"))))
        .isEqualTo(watching(table(1).skippedFor("upstream_suspended")));
  }

  @Test
  void whatDidNotHappenChangesNothing() {
    Watchlist list = watching(table(1), table(2));

    assertThat(
            list.evolve(
                outcome(
                    new MemberOutcome.Postponed(1, "it was locked"),
                    new MemberOutcome.Unprepared(2),
                    new MemberOutcome.Refreshed(9))))
        .isEqualTo(list);
  }

  @Test
  void whoIsNotWatchedIsNotInTheGraph() {
    assertThat(Watchlist.EMPTY.find(1)).isEmpty();
    assertThatIllegalStateException()
        .isThrownBy(() -> Watchlist.EMPTY.table(1))
        .withMessage("not watched: stream table 1");
  }

  private static Watchlist watching(WatchedBuilder... tables) {
    return new Watchlist(
        byId(List.of(tables).stream().map(WatchedBuilder::build).toArray(Watched[]::new)),
        Set.of());
  }

  private static ComponentRefreshed outcome(MemberOutcome... members) {
    return new ComponentRefreshed(1, List.of(members));
  }
}
