package dev.freshet.catalog.event.refresh;

import static java.util.Objects.requireNonNull;

/**
 * The mode that a stream table can be refreshed in, and why.
 *
 * @param effectiveMode {@code DIFFERENTIAL} or {@code FULL}
 * @param code of the reason
 * @param reason the code and a sentence, for people
 */
public record ChosenMode(String effectiveMode, String code, String reason) {
  public ChosenMode {
    requireNonNull(effectiveMode);
    requireNonNull(code);
    requireNonNull(reason);
  }
}
