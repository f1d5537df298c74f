package dev.freshet.catalog.event.refresh;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A defining query was compiled.
 *
 * @param plan what {@code explain_delta} shows, as JSON: {@code {"statements": […], "operators":
 *     […]}}
 * @param changesByItself whether rows may change although no source does, as time passes, say
 */
public record DefinitionCompiled(
    ChosenMode mode, String plan, boolean changesByItself, List<Dependency> dependencies)
    implements RefreshEvent {
  public DefinitionCompiled {
    requireNonNull(mode);
    requireNonNull(plan);
    dependencies = List.copyOf(dependencies);
  }
}
