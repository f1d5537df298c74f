package dev.freshet.refresh.worker;

import static dev.freshet.refresh.worker.SourceRowBuilder.source;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.catalog.cost.CostForecast;
import dev.freshet.catalog.cost.CostLine;
import dev.freshet.catalog.cost.Overrun;
import dev.freshet.catalog.cost.Patience;
import dev.freshet.refresh.capture.SourceShape;
import dev.freshet.refresh.maintain.EmptyPlan;
import dev.freshet.refresh.maintain.Maintainability;
import dev.freshet.refresh.worker.MaintainedTable.Mode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Choices with a threshold of a half, for a refresh that was due by its schedule. */
class ModeDeciderTest {

  private static final Maintainability DIFFERENTIAL = new Maintainability.Differential();
  private static final Maintainability FULL_ONLY =
      new Maintainability.FullOnly("window_function", "a window function", 8);

  private static final SourceShape REDEFINED = new SourceShape("d2", "c1");
  private static final SourceShape RECAPTURED = new SourceShape("d1", "c2");
  private static final SourceShape BROKEN = new SourceShape("d1", "broken");

  @Test
  void anEmptyOneIsFilledWhateverItsSourcesAreLike() {
    MemberRow empty = row(false, Optional.of("definition_changed"));

    assertThat(decide(table(Mode.DIFFERENTIAL), empty, source().changes(7).truncated(), source()))
        .isEqualTo(new Choice.Full("initial", "REINITIALIZE", 7, true));
    assertThat(decide(table(Mode.AUTO), empty, source().shape(BROKEN)))
        .isEqualTo(new Choice.Full("initial", "REINITIALIZE", 0, true));
  }

  @Test
  void withoutChangesThereIsNothingNew() {
    for (Mode mode : Mode.values()) {
      assertThat(decide(table(mode), source(), source())).isEqualTo(new Choice.NothingNew());
    }
    assertThat(decide(table(Mode.AUTO, FULL_ONLY, false), source()))
        .isEqualTo(new Choice.NothingNew());
  }

  @Test
  void changesAreTakenByDifferences() {
    assertThat(decide(table(Mode.AUTO), source().changes(3), source().insertions(4)))
        .isEqualTo(new Choice.Differential("scheduled", 7, false));
    assertThat(decide(table(Mode.DIFFERENTIAL), source().insertions(3), source().insertions(4)))
        .isEqualTo(new Choice.Differential("scheduled", 7, true));
  }

  @Test
  void whatWasAskedToBeFullIsFullForTheReasonOfTheRefresh() {
    assertThat(decide(table(Mode.FULL), source().insertions(3)))
        .isEqualTo(new Choice.Full("scheduled", "FULL", 3, false));
  }

  @Test
  void whatHasNoDeltaIsFull() {
    assertThat(decide(table(Mode.AUTO, FULL_ONLY, false), source().insertions(3)))
        .isEqualTo(new Choice.Full("not_differentiable", "FULL", 3, false));
  }

  @Test
  void whatChangesByItselfIsNeverLeftOut() {
    assertThat(decide(table(Mode.AUTO, FULL_ONLY, true), source()))
        .isEqualTo(new Choice.Full("not_differentiable", "FULL", 0, false));
    assertThat(decide(table(Mode.FULL, FULL_ONLY, true), source()))
        .isEqualTo(new Choice.Full("scheduled", "FULL", 0, false));
    assertThat(decide(table(Mode.AUTO, DIFFERENTIAL, true), source()))
        .isEqualTo(new Choice.Differential("scheduled", 0, true));
  }

  @Test
  void aSourceThatIsNotCapturedMakesItFull() {
    assertThat(decide(table(Mode.DIFFERENTIAL), source().uncaptured(), source().insertions(2)))
        .isEqualTo(new Choice.Full("not_differentiable", "FULL", 2, false));
    assertThat(decide(table(Mode.FULL), source().uncaptured()))
        .isEqualTo(new Choice.Full("scheduled", "FULL", 0, false));
  }

  @Test
  void theShapeOfASourceThatIsNotCapturedDoesNotMatter() {
    assertThat(
            decide(
                table(Mode.AUTO),
                source().uncaptured().neverSeen().truncated().gap(),
                source().uncaptured().shape(BROKEN),
                source().uncaptured().gone()))
        .isEqualTo(new Choice.Full("not_differentiable", "FULL", 0, false));
  }

  @Test
  void aTruncationMakesItFull() {
    assertThat(decide(table(Mode.DIFFERENTIAL), source().insertions(2), source().truncated()))
        .isEqualTo(new Choice.Full("truncated", "FULL", 2, false));
  }

  @Test
  void aGapMakesItFull() {
    assertThat(decide(table(Mode.DIFFERENTIAL), source().insertions(2).gap()))
        .isEqualTo(new Choice.Full("buffer_limit", "FULL", 2, false));
  }

  @Test
  void changesThatMayHavePassedUnseenMakeItAnew() {
    assertThat(decide(table(Mode.DIFFERENTIAL), source().insertions(2).shape(RECAPTURED)))
        .isEqualTo(new Choice.Full("capture_changed", "REINITIALIZE", 2, false));
    assertThat(decide(table(Mode.AUTO), source().neverSeen()))
        .isEqualTo(new Choice.Full("capture_changed", "REINITIALIZE", 0, false));
  }

  @Test
  void anotherShapeMustBePreparedFor() {
    assertThat(decide(table(Mode.FULL), source().insertions(2).shape(REDEFINED)))
        .isEqualTo(new Choice.Prepare("definition_changed"));
    assertThat(decide(table(Mode.AUTO), source(), source().gone()))
        .isEqualTo(new Choice.Prepare("definition_changed"));
  }

  @Test
  void brokenCaptureMustBePreparedFor() {
    assertThat(decide(table(Mode.AUTO), source().shape(BROKEN)))
        .isEqualTo(new Choice.Prepare("capture_changed"));
    assertThat(decide(table(Mode.AUTO), source().shape(new SourceShape("d1", "none"))))
        .isEqualTo(new Choice.Prepare("capture_changed"));
  }

  @ParameterizedTest
  @CsvSource({
    "definition_changed, REINITIALIZE",
    "capture_changed,    REINITIALIZE",
    "repair,             REINITIALIZE",
    "truncated,          FULL",
    "buffer_limit,       FULL"
  })
  void whatMustBeFullIs(String reason, String action) {
    assertThat(decide(table(Mode.AUTO), row(true, Optional.of(reason)), source().insertions(2)))
        .isEqualTo(new Choice.Full(reason, action, 2, false));
  }

  @Test
  void aFullThatIsDueCoversAnotherShape() {
    MemberRow row = row(true, Optional.of("definition_changed"));

    assertThat(decide(table(Mode.AUTO), row, source().shape(REDEFINED).truncated().gap()))
        .isEqualTo(new Choice.Full("definition_changed", "REINITIALIZE", 0, false));
  }

  @Test
  void aFullThatIsDueCoversNeitherALostSourceNorBrokenCapture() {
    MemberRow row = row(true, Optional.of("truncated"));

    assertThat(decide(table(Mode.AUTO), row, source().gone()))
        .isEqualTo(new Choice.Prepare("definition_changed"));
    assertThat(decide(table(Mode.AUTO), row, source().shape(BROKEN)))
        .isEqualTo(new Choice.Prepare("capture_changed"));
  }

  @Test
  void theGravestIsTheReason() {
    assertThat(
            decide(
                table(Mode.AUTO),
                source().gap(),
                source().truncated(),
                source().shape(RECAPTURED),
                source().shape(BROKEN),
                source().shape(REDEFINED)))
        .isEqualTo(new Choice.Prepare("definition_changed"));
    assertThat(
            decide(
                table(Mode.AUTO), source().gap(), source().truncated(), source().shape(RECAPTURED)))
        .isEqualTo(new Choice.Full("capture_changed", "REINITIALIZE", 0, false));
    assertThat(decide(table(Mode.AUTO), source().gap(), source().truncated()))
        .isEqualTo(new Choice.Full("truncated", "FULL", 0, false));
  }

  @Test
  void theThresholdIsAShareOfTheSourcesThatChanged() {
    assertThat(decide(table(Mode.AUTO), source().changes(5000), source()))
        .isEqualTo(new Choice.Differential("scheduled", 5000, false));
    assertThat(decide(table(Mode.AUTO), source().changes(5001), source()))
        .isEqualTo(new Choice.Full("threshold_exceeded", "FULL", 5001, false));
    assertThat(decide(table(Mode.AUTO), source().changes(5001), source().insertions(1)))
        .isEqualTo(new Choice.Differential("scheduled", 5002, false));
  }

  @Test
  void smallSourcesHaveNoThreshold() {
    assertThat(decide(table(Mode.AUTO), source().tuples(999).changes(999)))
        .isEqualTo(new Choice.Differential("scheduled", 999, false));
    assertThat(decide(table(Mode.AUTO), source().tuples(1000).changes(999)))
        .isEqualTo(new Choice.Full("threshold_exceeded", "FULL", 999, false));
  }

  @Test
  void sizesThatAreNotKnownDoNotCount() {
    assertThat(
            decide(
                table(Mode.AUTO),
                source().tuples(-1).changes(1_000_000),
                source().tuples(999).changes(1)))
        .isEqualTo(new Choice.Differential("scheduled", 1_000_001, false));
  }

  @Test
  void whoHasAskedForDifferencesGetsThem() {
    assertThat(decide(table(Mode.DIFFERENTIAL), source().changes(1_000_000)))
        .isEqualTo(new Choice.Differential("scheduled", 1_000_000, false));
  }

  /** 10 ms and a tenth of one for each change, known up to a million; FULL takes 200 ms. */
  private static final CostForecast KNOWN =
      forecast(new CostLine(10, 0.1, 1_000_000), OptionalDouble.of(200), Optional.empty());

  @Test
  void whatIsPredictedToTakeLongerThanFullIsFullBeforeItWasSlow() {
    assertThat(decide(table(Mode.AUTO), KNOWN, source().changes(2900)))
        .isEqualTo(new Choice.Differential("scheduled", 2900, false));
    assertThat(decide(table(Mode.AUTO), KNOWN, source().changes(2901)))
        .isEqualTo(new Choice.Full("predicted_cost_exceeds_full", "FULL", 2901, false));
    assertThat(decide(table(Mode.AUTO), KNOWN, source().changes(2900), source().changes(1)))
        .isEqualTo(new Choice.Full("predicted_cost_exceeds_full", "FULL", 2901, false));
  }

  @Test
  void aPredictionDecidesInsteadOfTheThreshold() {
    assertThat(decide(table(Mode.AUTO), KNOWN, source().tuples(1000).changes(2900)))
        .isEqualTo(new Choice.Differential("scheduled", 2900, false));
  }

  @Test
  void whereThePredictionIsAGuessTheThresholdDecides() {
    CostForecast near =
        forecast(new CostLine(10, 0, 100), OptionalDouble.of(200), Optional.empty());
    CostForecast withoutFull =
        forecast(new CostLine(10, 1, 1000), OptionalDouble.empty(), Optional.empty());

    for (CostForecast forecast : List.of(near, withoutFull, CostForecast.NONE)) {
      assertThat(decide(table(Mode.AUTO), forecast, source().tuples(1000).changes(501)))
          .isEqualTo(new Choice.Full("threshold_exceeded", "FULL", 501, false));
      assertThat(decide(table(Mode.AUTO), forecast, source().tuples(1000).changes(500)))
          .isEqualTo(new Choice.Differential("scheduled", 500, false));
    }
  }

  private static CostForecast forecast(
      CostLine line, OptionalDouble fullMs, Optional<Overrun> overrun) {
    return new CostForecast(
        Optional.of(line), fullMs, OptionalLong.empty(), 1.5, overrun, new Patience(4, 1000));
  }

  /** A refresh of 500 was given up after 900 ms, which the line does not know. */
  @Test
  void whatIsLikeOneThatWasGivenUpIsFull() {
    CostForecast forecast =
        forecast(
            new CostLine(10, 0.1, 400), OptionalDouble.of(200), Optional.of(new Overrun(500, 900)));

    assertThat(forecast.verdict(400)).isEqualTo(CostForecast.Verdict.DIFFERENTIAL);
    assertThat(forecast.verdict(499)).isEqualTo(CostForecast.Verdict.UNKNOWN);
    assertThat(forecast.verdict(500)).isEqualTo(CostForecast.Verdict.FULL);
    assertThat(forecast.differentialMs(490)).hasValue(59);
    assertThat(forecast.differentialMs(500)).hasValue(900);
    assertThat(decide(table(Mode.AUTO), forecast, source().changes(500)))
        .isEqualTo(new Choice.Full("predicted_cost_exceeds_full", "FULL", 500, false));
    assertThat(decide(table(Mode.DIFFERENTIAL), forecast, source().changes(500)))
        .isEqualTo(new Choice.Differential("scheduled", 500, false));
  }

  @Test
  void isGivenUpAfterTheLongestOfWhatItMayTake() {
    CostLine line = new CostLine(10, 0.1, 10_000);

    assertThat(KNOWN.giveUpAfterMs(100)).as("never so early").hasValue(1000);
    assertThat(forecast(line, OptionalDouble.of(2000), Optional.empty()).giveUpAfterMs(100))
        .as("what FULL may take")
        .hasValue(3000);
    assertThat(forecast(line, OptionalDouble.of(700), Optional.empty()).giveUpAfterMs(9_000))
        .as("four times what was predicted")
        .hasValue(3640);
    assertThat(KNOWN.giveUpAfterMs(1_000_000))
        .as("four times the most for which differences are chosen")
        .hasValue(1200);
    assertThat(forecast(line, OptionalDouble.of(5000), Optional.empty()).giveUpAfterMs(10_001))
        .as("a guess")
        .isEmpty();
    assertThat(CostForecast.NONE.giveUpAfterMs(1)).as("nothing is known").isEmpty();
  }

  @Test
  void aPredictionOverrulesNobodyWhoHasAskedForDifferences() {
    assertThat(decide(table(Mode.DIFFERENTIAL), KNOWN, source().changes(1_000_000)))
        .isEqualTo(new Choice.Differential("scheduled", 1_000_000, false));
  }

  private static Choice decide(
      MaintainedTable table, CostForecast forecast, SourceRowBuilder... sources) {
    List<SourceRow> rows = Arrays.stream(sources).map(SourceRowBuilder::build).toList();
    return new ModeDecider(0.5)
        .decide(table, row(true, Optional.empty()), rows, "scheduled", forecast);
  }

  private static Choice decide(MaintainedTable table, SourceRowBuilder... sources) {
    return decide(table, row(true, Optional.empty()), sources);
  }

  private static Choice decide(MaintainedTable table, MemberRow row, SourceRowBuilder... sources) {
    List<SourceRow> rows = Arrays.stream(sources).map(SourceRowBuilder::build).toList();
    return new ModeDecider(0.5).decide(table, row, rows, "scheduled", CostForecast.NONE);
  }

  private static MaintainedTable table(Mode mode) {
    return table(mode, DIFFERENTIAL, false);
  }

  private static MaintainedTable table(
      Mode mode, Maintainability maintainability, boolean changesByItself) {
    return new MaintainedTable(
        1,
        200,
        "shop.stream_table",
        "shop.view",
        mode,
        false,
        Map.of(),
        EmptyPlan.of(maintainability, changesByItself),
        List.of(),
        List.of(),
        "",
        Map.of());
  }

  private static MemberRow row(boolean populated, Optional<String> fullReason) {
    return new MemberRow(
        1, 1, true, "10:10:", "9", populated, fullReason, "", new TupleCounts(0, 0, 0));
  }
}
