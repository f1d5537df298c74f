package dev.freshet.app.rules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/**
 * An event says what its publisher did, so nobody else can say it.
 *
 * <p>The log is no exception: it does not make events, it reads back those that were made. The
 * events of {@code surface} are made by the SQL functions, so only the log constructs them. The
 * benchmark plays the scheduler's part: a scheduler would choose when to measure.
 */
@AnalyzeClasses(packages = "dev.freshet", importOptions = ImportOption.DoNotIncludeTests.class)
class EventRulesTest {

  private static final String EVENTS = "dev.freshet.catalog.event";
  private static final String LOG = "dev.freshet.catalog.log";
  private static final String BENCH = "dev.freshet.app.bench";

  @ArchTest
  static final ArchRule onlyThePublisherConstructsAnEvent =
      noClasses()
          .that()
          .resideOutsideOfPackages(EVENTS + "..", LOG + "..", BENCH + "..")
          .should()
          .callConstructorWhere(
              DescribedPredicate.describe(
                  "makes another publisher's event", EventRulesTest::speaksForAnother));

  private static boolean speaksForAnother(JavaConstructorCall call) {
    String owner = call.getTargetOwner().getPackageName();
    if (!owner.startsWith(EVENTS + ".")) {
      return false;
    }
    String publisher = owner.substring(EVENTS.length() + 1);
    return !(call.getOriginOwner().getPackageName() + ".")
        .startsWith("dev.freshet." + publisher + ".");
  }
}
