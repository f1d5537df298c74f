package dev.freshet.refresh.maintain.random;

import dev.freshet.refresh.maintain.EngineDatabase;
import dev.freshet.refresh.maintain.random.Scenario.Outcome;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Takes parts from a failing scenario for as long as it fails. */
final class Shrinker {

  private final EngineDatabase database;
  private int runsLeft;

  Shrinker(EngineDatabase database, int runsMax) {
    this.database = database;
    this.runsLeft = runsMax;
  }

  /** The smallest failing scenario found. */
  Scenario shrink(Scenario failing) throws SQLException {
    Scenario smallest = failing;
    Optional<Scenario> next = Optional.of(failing);
    while (next.isPresent()) {
      smallest = next.get();
      next = smaller(smallest);
    }
    return smallest;
  }

  private Optional<Scenario> smaller(Scenario scenario) throws SQLException {
    for (Scenario candidate : (Iterable<Scenario>) candidates(scenario)::iterator) {
      if (runsLeft-- <= 0) {
        return Optional.empty();
      }
      if (candidate.run(database) instanceof Outcome.Failed failed) {
        return Optional.of(candidate.withBatches(candidate.batches().subList(0, failed.batches())));
      }
    }
    return Optional.empty();
  }

  private static Stream<Scenario> candidates(Scenario scenario) {
    List<List<String>> batches = scenario.batches();
    return Stream.of(
            intoContent(scenario),
            Cuts.fewer(batches, 0).map(scenario::withBatches),
            IntStream.range(0, batches.size())
                .boxed()
                .flatMap(i ->
                    Cuts.fewer(batches.get(i), 1)
                        .map(less -> scenario.withBatches(replaced(batches, i, less)))),
            Cuts.of(scenario.query()).map(scenario::withQuery),
            halves(scenario.content()).map(scenario::withContent),
            Cuts.fewer(scenario.content(), 0).map(scenario::withContent))
        .flatMap(candidates -> candidates);
  }

  /** What the first batch does becomes part of what there is in the beginning. */
  private static Stream<Scenario> intoContent(Scenario scenario) {
    List<List<String>> batches = scenario.batches();
    if (batches.size() < 2) {
      return Stream.empty();
    }
    List<String> content = new ArrayList<>(scenario.content());
    content.addAll(batches.getFirst());
    return Stream.of(scenario.withContent(content).withBatches(batches.subList(1, batches.size())));
  }

  private static List<List<String>> replaced(List<List<String>> all, int place, List<String> by) {
    List<List<String>> changed = new ArrayList<>(all);
    changed.set(place, by);
    return changed;
  }

  private static Stream<List<String>> halves(List<String> all) {
    int half = all.size() / 2;
    return half < 2
        ? Stream.empty()
        : Stream.of(all.subList(0, half), all.subList(half, all.size()));
  }
}
