package dev.freshet.refresh.rewrite;

import dev.freshet.refresh.algebra.RelationName;
import dev.freshet.refresh.sql.Query;

/**
 * Gives inner stages their names: the same query of the same stream table always has the same one.
 */
public interface StageNames {

  RelationName of(Query query);
}
