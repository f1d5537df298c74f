package dev.freshet.scheduler.tick;

import static dev.freshet.scheduler.due.WatchedBuilder.table;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.scheduler.due.Preparation;
import dev.freshet.scheduler.due.Status;
import org.junit.jupiter.api.Test;

/** Obstacles of one by itself, and which of several counts. */
class ObstaclesTest {

  private static final Preparation NEEDED = new Preparation.Needed(1);

  @Test
  void nothingStandsInTheWayOfOneThatReadsNoOther() {
    assertThat(Graph.of(table(1)).obstacles().of(1)).isEqualTo(new Obstacles.None());
  }

  @Test
  void itsOwnPreparationIsWaitedFor() {
    assertThat(Graph.of(table(1).preparation(NEEDED)).obstacles().of(1))
        .isEqualTo(new Obstacles.Wait());
  }

  @Test
  void whatDoesNotPassCountsMoreThanWhatDoes() {
    Obstacles obstacles =
        Graph.of(
                table(1).preparation(NEEDED),
                table(2).status(new Status.Suspended()),
                table(3).preparation(NEEDED).reads(1L, 2L))
            .obstacles();

    assertThat(obstacles.of(3)).isEqualTo(new Obstacles.Blocked("upstream_suspended"));
  }

  @Test
  void anUpstreamThatIsAskedForIsIncluded() {
    Graph graph = Graph.of(table(1).status(new Status.Initializing(false)), table(2).reads(1L));

    assertThat(graph.obstacles().of(2)).isEqualTo(new Obstacles.Blocked("upstream_initializing"));
    assertThat(graph.obstacles(1L, 2L).of(2)).isEqualTo(new Obstacles.None());
  }

  @Test
  void aWaitIsHandedDown() {
    assertThat(
            Graph.of(table(1).preparation(NEEDED), table(2).reads(1L), table(3).reads(2L))
                .obstacles()
                .of(3))
        .isEqualTo(new Obstacles.Wait());
  }
}
