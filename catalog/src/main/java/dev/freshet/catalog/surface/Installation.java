package dev.freshet.catalog.surface;

import static java.util.Objects.requireNonNull;

/**
 * What installing has come to.
 *
 * @param version now installed
 * @param serviceRole that owns it
 * @param migrations how many were run; 0 if it was up to date
 * @param adopted whether the database turned out to be a copy, so that every stream table is
 *     refreshed in full
 */
public record Installation(String version, String serviceRole, int migrations, boolean adopted) {
  public Installation {
    requireNonNull(version);
    requireNonNull(serviceRole);
  }
}
