package dev.freshet.catalog.surface;

import dev.freshet.catalog.database.SqlFile;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * What a database has under our schemas' names.
 *
 * @param owner of the schema {@code freshet}; empty if there is none
 */
record ExistingSchemas(
    Login login, boolean present, String owner, boolean installed, boolean occupied, int schemas) {

  private static final int ALL = 4;

  /** Who asks, where, and whether schemas can be created. */
  record Login(String role, String database, boolean mayCreate) {}

  static ExistingSchemas in(Connection connection) throws SQLException {
    return InstallationConnection.row(
        connection,
        SqlFile.read(ExistingSchemas.class, "find-schemas.sql"),
        rows ->
            new ExistingSchemas(
                new Login(
                    rows.getString("service_role"),
                    rows.getString("database"),
                    rows.getBoolean("may_create")),
                rows.getBoolean("present"),
                rows.getString("owner"),
                rows.getBoolean("installed"),
                rows.getBoolean("occupied"),
                rows.getInt("schemas")));
  }

  /** Refuses what is not ours to touch. */
  void requireOurs() {
    if (present && occupied && !installed) {
      throw new InstallationException(
          InstallationError.UNKNOWN_SCHEMA,
          "database %s has a schema freshet that Freshet did not make".formatted(login.database()),
          "Rename that schema; Freshet needs the name.");
    }
    if (present && !owner.equals(login.role())) {
      throw new InstallationException(
          InstallationError.OTHER_ROLE,
          "the schema freshet belongs to role %s, not to %s".formatted(owner, login.role()),
          "Connect as " + owner + ".");
    }
  }

  void requireRightToCreate() {
    if (schemas < ALL && !login.mayCreate()) {
      throw new InstallationException(
          InstallationError.MAY_NOT_CREATE_SCHEMA,
          "role %s may not create schemas in database %s".formatted(login.role(), login.database()),
          "As its owner: GRANT CREATE ON DATABASE \"%s\" TO \"%s\""
              .formatted(
                  login.database().replace("\"", "\"\""), login.role().replace("\"", "\"\"")));
    }
  }
}
