package dev.freshet.refresh.delta;

import dev.freshet.refresh.algebra.Column;
import dev.freshet.refresh.algebra.RelationName;
import dev.freshet.refresh.algebra.Stage;
import dev.freshet.refresh.sql.Expression;
import dev.freshet.refresh.sql.Query;
import dev.freshet.refresh.sql.Sql;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The relations whose changes the delta of a stage asks for: found by deriving it from changes that
 * note what they are asked. A relation that a stage reads and that is not among these could change
 * without being noticed.
 */
public final class DeltaSources {

  private DeltaSources() {}

  public static Set<RelationName> of(Stage stage) {
    Asked asked = new Asked();
    StageDelta.of(stage, asked, false);
    return Set.copyOf(asked.relations);
  }

  /** No changes, and a note of whose were wanted. */
  private static final class Asked implements Changes {

    private final Set<RelationName> relations = new HashSet<>();

    @Override
    public Expression timeThen() {
      return Sql.nothing();
    }

    @Override
    public boolean touches(RelationName relation) {
      relations.add(relation);
      return false;
    }

    @Override
    public List<String> columnsOf(RelationName relation) {
      throw new IllegalStateException("nothing changed, and yet columns are wanted: " + relation);
    }

    @Override
    public List<String> allColumnsOf(RelationName relation) {
      return columnsOf(relation);
    }

    @Override
    public Optional<List<Column>> keptColumnsOf(RelationName relation) {
      return Optional.empty();
    }

    @Override
    public Query deltaOf(RelationName relation) {
      throw new IllegalStateException("nothing changed, and yet a delta is wanted: " + relation);
    }
  }
}
