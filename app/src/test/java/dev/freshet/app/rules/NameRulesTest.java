package dev.freshet.app.rules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.conditions.ArchConditions;
import java.util.regex.Pattern;

/** Names that say nothing are not names. */
@AnalyzeClasses(packages = "dev.freshet", importOptions = ImportOption.DoNotIncludeTests.class)
class NameRulesTest {

  private static final Pattern EMPTY_CLASS_NAME =
      Pattern.compile(".*(Manager|Helper|Utils?|Processor|Impl|Info|Data|Dto|DTO)");

  @ArchTest
  static final ArchRule packagesAreNamedAfterWhatTheyAreAbout =
      noClasses()
          .should()
          .resideInAnyPackage(
              "..service..",
              "..repository..",
              "..dto..",
              "..mapper..",
              "..util..",
              "..utils..",
              "..common..",
              "..impl..");

  @ArchTest
  static final ArchRule classesAreNamedAfterWhatTheyAre =
      noClasses()
          .should(
              ArchConditions.be(
                  DescribedPredicate.describe(
                      "named Manager, Helper, Utils or the like", NameRulesTest::saysNothing)));

  private static boolean saysNothing(JavaClass type) {
    return EMPTY_CLASS_NAME.matcher(type.getSimpleName()).matches();
  }
}
