package dev.freshet.app.rules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The delta compiler is a function from a defining query to SQL: no I/O, no beans, no
 * configuration, no clock, no chance. So a query gives the same SQL everywhere, and its tests need
 * no database.
 */
@AnalyzeClasses(
    packages = "dev.freshet.refresh",
    importOptions = ImportOption.DoNotIncludeTests.class)
class CompilerPurityTest {

  private static final String PARSE = "dev.freshet.refresh.parse..";
  private static final String[] COMPILER = {
    PARSE,
    "dev.freshet.refresh.algebra..",
    "dev.freshet.refresh.rewrite..",
    "dev.freshet.refresh.delta..",
    "dev.freshet.refresh.sql.."
  };

  /** What the build makes of the WebAssembly; it loads itself from the class path. */
  private static final String GENERATED =
      "dev\\.freshet\\.refresh\\.parse\\.PostgresGrammar(Machine.*|\\$.*)?";

  private static final Set<String> TELLS_TIME_OR_SURROUNDINGS =
      Set.of(
          "currentTimeMillis",
          "nanoTime",
          "getenv",
          "getProperty",
          "getProperties",
          "random",
          "randomUUID");

  @ArchTest
  static final ArchRule compilerUsesValuesOnly =
      classes()
          .that()
          .resideInAnyPackage(COMPILER)
          .and()
          .resideOutsideOfPackage(PARSE)
          .should()
          .onlyDependOnClassesThat(
              JavaClass.Predicates.resideInAnyPackage(COMPILER)
                  .or(
                      JavaClass.Predicates.resideInAnyPackage(
                          "java.lang..",
                          "java.math",
                          "java.nio.charset",
                          "java.util..",
                          "org.jspecify..")));

  /** The grammar is PostgreSQL's own, as WebAssembly, and speaks JSON. */
  @ArchTest
  static final ArchRule parserAddsTheGrammarAndItsJson =
      classes()
          .that()
          .resideInAPackage(PARSE)
          .and()
          .haveNameNotMatching(GENERATED)
          .should()
          .onlyDependOnClassesThat(
              JavaClass.Predicates.resideInAnyPackage(COMPILER)
                  .or(
                      JavaClass.Predicates.resideInAnyPackage(
                          "java.lang..",
                          "java.math",
                          "java.nio.charset",
                          "java.util..",
                          "org.jspecify..",
                          "com.fasterxml.jackson..",
                          "run.endive..")));

  @ArchTest
  static final ArchRule compilerKnowsNeitherTimeNorChance =
      noClasses()
          .that()
          .resideInAnyPackage(COMPILER)
          .and()
          .haveNameNotMatching(GENERATED)
          .should()
          .accessTargetWhere(
              DescribedPredicate.describe(
                  "tells the time, the surroundings or a random value",
                  CompilerPurityTest::tellsTimeOrChance));

  private static boolean tellsTimeOrChance(JavaAccess<?> access) {
    JavaClass owner = access.getTargetOwner();
    return owner.isAssignableTo(Random.class)
        || owner.isEquivalentTo(ThreadLocalRandom.class)
        || (owner.getPackageName().startsWith("java.")
            && TELLS_TIME_OR_SURROUNDINGS.contains(access.getTarget().getName()));
  }
}
