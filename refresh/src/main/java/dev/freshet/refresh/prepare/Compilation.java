package dev.freshet.refresh.prepare;

import dev.freshet.catalog.event.refresh.ChosenMode;
import dev.freshet.catalog.event.refresh.DefinitionCompiled;
import dev.freshet.catalog.event.refresh.Dependency;
import dev.freshet.refresh.capture.CaptureOutcome;
import dev.freshet.refresh.maintain.Maintainability;
import dev.freshet.refresh.maintain.MaintenancePlan;
import dev.freshet.refresh.maintain.SourceUse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The mode in which a stream table can be refreshed, from its plan and from what came of capturing
 * its sources. Pure.
 */
final class Compilation {

  private final Definition definition;
  private final MaintenancePlan plan;
  private final Map<Long, CaptureOutcome> captures;

  /**
   * @param captures what came of capturing, by source; none for sources that were not to be
   *     captured
   */
  Compilation(Definition definition, MaintenancePlan plan, Map<Long, CaptureOutcome> captures) {
    this.definition = definition;
    this.plan = plan;
    this.captures = Map.copyOf(captures);
  }

  /**
   * Whether its sources are to be captured: for their changes, or to know that there were none. Who
   * asks for FULL wants no triggers; where only FULL is right and the result changes by itself they
   * would tell nothing.
   */
  static boolean wantsCapture(Definition definition, MaintenancePlan plan) {
    boolean differential = plan.maintainability() instanceof Maintainability.Differential;
    return !definition.mode().equals("FULL") && (differential || !plan.changesByItself());
  }

  /** Why it cannot be refreshed by differences, if it cannot. */
  Optional<ChosenMode> obstacle() {
    if (plan.maintainability()
        instanceof Maintainability.FullOnly(String code, String sentence, int position)) {
      String place = position > 0 ? " (at position " + position + " of the query)" : "";
      return Optional.of(new ChosenMode("FULL", code, code + ": " + sentence + place));
    }
    for (CaptureOutcome outcome : captures.values()) {
      if (outcome
          instanceof CaptureOutcome.NotPossible(String code, String sentence, String hint)) {
        return Optional.of(new ChosenMode("FULL", code, code + ": " + sentence + " " + hint));
      }
    }
    for (SourceUse source : plan.sources()) {
      if (!source.captured()) {
        String code = source.type().name().toLowerCase(java.util.Locale.ROOT);
        return Optional.of(
            new ChosenMode("FULL", code, code + ": changes of such a relation cannot be captured"));
      }
    }
    return Optional.empty();
  }

  DefinitionCompiled event() {
    ChosenMode mode =
        definition.mode().equals("FULL")
            ? new ChosenMode("FULL", "requested", "requested: refresh_mode is FULL")
            : obstacle()
                .orElseGet(() ->
                    new ChosenMode(
                        "DIFFERENTIAL",
                        "differentiable",
                        "differentiable: every operator of the query has a delta"));
    List<Dependency> dependencies = new ArrayList<>();
    for (SourceUse source : plan.sources()) {
      dependencies.add(
          new Dependency(
              source.relid(),
              source.type().name(),
              source.attnums().stream().sorted().toList(),
              isCaptured(source) ? "trigger" : "none"));
    }
    return new DefinitionCompiled(mode, plan.report(), plan.changesByItself(), dependencies);
  }

  private boolean isCaptured(SourceUse source) {
    return captures.get(source.relid()) instanceof CaptureOutcome.Installed
        || captures.get(source.relid()) instanceof CaptureOutcome.AlreadyThere;
  }
}
