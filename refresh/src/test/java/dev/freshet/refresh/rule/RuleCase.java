package dev.freshet.refresh.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.freshet.refresh.algebra.NotDifferentiable;
import java.util.Set;

/**
 * A defining query that shows a rule at work, or one that the rule must leave to others.
 *
 * @param rule the name of the class that holds the rule
 */
record RuleCase(String rule, String query, Set<Part> parts) {

  RuleCase {
    parts = Set.copyOf(parts);
  }

  static RuleCase rule(String name) {
    return new RuleCase(name, "", Set.of(Part.ALL_CHANGED, Part.EACH_CHANGED));
  }

  /** The query, as canonical as the view of a definition: names are qualified, casts written. */
  RuleCase query(String sql) {
    return new RuleCase(rule, sql, parts);
  }

  /** Beside the algebra these parts and no others. */
  RuleCase showing(Part... shown) {
    return new RuleCase(rule, query, Set.of(shown));
  }

  /** The query is maintained by deltas: these are its stages and their statements. */
  void rendersAs(String name) {
    golden(name).says(GoldenText.of(query, CompiledQuery.of(query), parts));
  }

  /** The query has no delta, and this is why. */
  void isRefusedAs(String name) {
    NotDifferentiable reason =
        catchThrowableOfType(NotDifferentiable.class, () -> CompiledQuery.of(query));
    assertThat(reason).as("the reason why the query has no delta").isNotNull();
    golden(name).says(GoldenText.of(query, reason));
  }

  private GoldenFile golden(String name) {
    return GoldenFile.of(RuleCase.class.getPackageName(), rule + "Test", name);
  }
}
