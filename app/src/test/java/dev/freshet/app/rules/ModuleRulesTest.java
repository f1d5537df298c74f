package dev.freshet.app.rules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may know whom. */
@AnalyzeClasses(packages = "dev.freshet", importOptions = ImportOption.DoNotIncludeTests.class)
class ModuleRulesTest {

  private static final String CATALOG = "dev.freshet.catalog..";
  private static final String APP = "dev.freshet.app..";
  private static final DescribedPredicate<JavaClass> ANY = DescribedPredicate.alwaysTrue();

  @ArchTest
  static final ArchRule catalogImportsNoOtherModule =
      noClasses()
          .that()
          .resideInAPackage(CATALOG)
          .should()
          .dependOnClassesThat(
              JavaClass.Predicates.resideInAPackage("dev.freshet..")
                  .and(JavaClass.Predicates.resideOutsideOfPackage(CATALOG)));

  @ArchTest
  static final ArchRule modulesImportOnlyTheCatalogUnlessTheyAreTheApplication =
      slices()
          .matching("dev.freshet.(*)..")
          .should()
          .notDependOnEachOther()
          .ignoreDependency(JavaClass.Predicates.resideInAPackage(APP), ANY)
          .ignoreDependency(ANY, JavaClass.Predicates.resideInAPackage(CATALOG));

  @ArchTest
  static final ArchRule packagesOfAModuleFormNoCycle =
      slices().matching("dev.freshet.(*).(*)..").should().beFreeOfCycles();
}
