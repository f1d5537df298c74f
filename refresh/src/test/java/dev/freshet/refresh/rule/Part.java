package dev.freshet.refresh.rule;

/** What a golden file shows beside the defining query and the algebra. */
enum Part {
  /** The statements for changes of all sources at once. */
  ALL_CHANGED,
  /** For changes of each source alone, where these are other statements. */
  EACH_CHANGED,
  /** For insertions into the one source. */
  INSERT_ONLY,
  /** The whole computed, applied as the difference. */
  FULL,
  /** The rows into an empty table. */
  POPULATION,
  /** The stream table against its query. */
  VERIFICATION,
  /** The same where floats may differ in their last digits. */
  APPROXIMATE_VERIFICATION,
  /** The same where besides which of several equal values is shown is left to chance. */
  VERIFICATION_BY_VALUE
}
