package dev.freshet.scheduler.tick;

import static dev.freshet.scheduler.due.WatchedBuilder.byId;
import static dev.freshet.scheduler.due.WatchedBuilder.table;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.scheduler.due.Watched;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class LineageTest {

  /** 4 reads 2 and 3, which read 9; 5 reads 6. */
  private static final Lineage DIAMOND_AND_CHAIN =
      new Lineage(
          byId(
              table(4).reads(2L, 3L).build(),
              table(2).reads(9L).build(),
              table(3).reads(9L).build(),
              table(9).build(),
              table(5).reads(6L).build(),
              table(6).build()));

  @Test
  void aClosureIsUpstreamFirst() {
    assertThat(DIAMOND_AND_CHAIN.closureOf(List.of(4L))).containsExactly(9L, 2L, 3L, 4L);
    assertThat(DIAMOND_AND_CHAIN.closureOf(List.of(2L))).containsExactly(9L, 2L);
    assertThat(DIAMOND_AND_CHAIN.closureOf(List.of(5L, 3L))).containsExactly(9L, 3L, 6L, 5L);
    assertThat(DIAMOND_AND_CHAIN.closureOf(List.of())).isEmpty();
  }

  @Test
  void componentsAreWhatIsConnectedInEitherDirection() {
    assertThat(DIAMOND_AND_CHAIN.byComponent(List.of(2L, 3L, 5L, 9L)))
        .containsExactlyInAnyOrder(List.of(2L, 3L, 9L), List.of(5L));
  }

  @Test
  void whatIsNotWatchedIsNoPartOfTheGraph() {
    Lineage lineage = new Lineage(byId(table(1).reads(7L).build(), table(2).reads(7L, 1L).build()));

    assertThat(lineage.upstreamsOf(2)).isEqualTo(Set.of(1L));
    assertThat(lineage.upstreamsOf(7)).isEmpty();
    assertThat(lineage.closureOf(List.of(2L, 7L))).containsExactly(1L, 2L);
  }

  @Test
  void aCycleWouldEnd() {
    Lineage lineage = new Lineage(byId(table(1).reads(2L).build(), table(2).reads(1L).build()));

    assertThat(lineage.closureOf(List.of(1L))).containsExactlyInAnyOrder(1L, 2L);
    assertThat(lineage.byComponent(List.of(1L, 2L))).containsExactly(List.of(1L, 2L));
  }

  @RepeatedTest(50)
  void everyClosureIsCompleteAndUpstreamFirst(RepetitionInfo repetition) {
    long seed = repetition.getCurrentRepetition();
    Random random = new Random(seed);
    Map<Long, Watched> tables = graph(random);
    Lineage lineage = new Lineage(tables);
    Set<Long> asked = new HashSet<>();
    tables.keySet().stream().filter(ignored -> random.nextInt(4) == 0).forEach(asked::add);

    List<Long> closure = lineage.closureOf(asked);

    assertThat(closure).as("seed %d", seed).doesNotHaveDuplicates().containsAll(asked);
    for (int i = 0; i < closure.size(); i++) {
      assertThat(closure.subList(0, i))
          .as("seed %d: upstream of %d", seed, closure.get(i))
          .containsAll(lineage.upstreamsOf(closure.get(i)));
    }
    assertThat(closure.stream().filter(pgtId -> !asked.contains(pgtId)))
        .as("seed %d: what nobody in the closure reads", seed)
        .allMatch(pgtId ->
            closure.stream().anyMatch(reader -> lineage.upstreamsOf(reader).contains(pgtId)));
  }

  /** A graph whose numbers say nothing of its order. */
  private static Map<Long, Watched> graph(Random random) {
    List<Long> ids = new ArrayList<>();
    while (ids.size() < 12) {
      long id = random.nextLong(1, 1000);
      if (!ids.contains(id)) {
        ids.add(id);
      }
    }
    Map<Long, Watched> tables = new HashMap<>();
    for (int i = 0; i < ids.size(); i++) {
      Set<Long> upstreams = new HashSet<>();
      for (int edge = random.nextInt(3); edge > 0 && i > 0; edge--) {
        upstreams.add(ids.get(random.nextInt(i)));
      }
      tables.put(ids.get(i), table(ids.get(i)).reads(upstreams.toArray(Long[]::new)).build());
    }
    return tables;
  }
}
