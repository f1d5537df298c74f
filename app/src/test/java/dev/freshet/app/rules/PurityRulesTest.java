package dev.freshet.app.rules;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;

/**
 * The delta compiler is a function from a defining query to SQL: it does no I/O and knows neither
 * beans, nor configuration, nor the time. So the same query gives the same SQL everywhere, and its
 * tests need no database.
 */
@AnalyzeClasses(
    packages = "dev.freshet.refresh",
    importOptions = ImportOption.DoNotIncludeTests.class)
class PurityRulesTest {

  private static final String[] COMPILER = {
    "dev.freshet.refresh.parse..",
    "dev.freshet.refresh.algebra..",
    "dev.freshet.refresh.rewrite..",
    "dev.freshet.refresh.delta..",
    "dev.freshet.refresh.sql.."
  };
}
