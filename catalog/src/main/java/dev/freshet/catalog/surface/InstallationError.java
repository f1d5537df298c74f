package dev.freshet.catalog.surface;

/** Why a database cannot be installed in, or uninstalled from; the codes are stable. */
public enum InstallationError {
  UNSUPPORTED_SERVER("FR101"),
  TRANSACTION_POOLER("FR102"),
  MAY_NOT_CREATE_SCHEMA("FR103"),
  UNKNOWN_SCHEMA("FR104"),
  OTHER_ROLE("FR105"),
  SCHEMA_NEWER("FR106"),
  SERVICE_RUNNING("FR107"),
  STILL_NEEDED("FR108"),
  NOT_INSTALLED("FR109"),
  BUSY("FR110"),
  DATABASE("FR111");

  private final String code;

  InstallationError(String code) {
    this.code = code;
  }

  public String code() {
    return code;
  }
}
