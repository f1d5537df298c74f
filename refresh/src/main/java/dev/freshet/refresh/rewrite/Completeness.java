package dev.freshet.refresh.rewrite;

import dev.freshet.refresh.algebra.RelationName;
import dev.freshet.refresh.algebra.Stage;
import dev.freshet.refresh.delta.DeltaSources;
import dev.freshet.refresh.sql.Position;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The net below all rules: of every relation that is read some stage's delta looks at the changes.
 * Whatever a rule overlooks ends in FULL, and not in a stream table that silently stays behind.
 */
public final class Completeness {

  private Completeness() {}

  /**
   * Refuses stages that would not notice a change of one of the relations.
   *
   * @param read the relations that the defining query reads
   * @throws dev.freshet.refresh.algebra.NotDifferentiable naming the relation
   */
  public static void require(Collection<RelationName> read, List<Stage> stages) {
    Set<RelationName> noticed = new HashSet<>();
    for (Stage stage : stages) {
      Set<RelationName> asked = DeltaSources.of(stage);
      stage.reads().forEach(relation -> require(relation, asked));
      noticed.addAll(asked);
    }
    read.forEach(relation -> require(relation, noticed));
  }

  private static void require(RelationName relation, Set<RelationName> noticed) {
    if (!noticed.contains(relation)) {
      throw Linearity.refusal(
          "unnoticed_source",
          "%s.%s is read in a place from which no delta is derived"
              .formatted(relation.schema(), relation.name()),
          Position.NONE);
    }
  }
}
