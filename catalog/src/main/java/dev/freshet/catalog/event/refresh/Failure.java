package dev.freshet.catalog.event.refresh;

import static java.util.Objects.requireNonNull;

/**
 * Why a refresh failed.
 *
 * @param code SQLSTATE, or a code of ours
 */
public record Failure(String code, String message) {
  public Failure {
    requireNonNull(code);
    requireNonNull(message);
  }
}
