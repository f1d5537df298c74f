package dev.freshet.app.cli.definitions;

import java.util.Locale;

/** What can be chosen of how a stream table is kept, in the order in which it is written. */
enum Setting {
  SCHEDULE("calculated"),
  REFRESH_MODE("AUTO"),
  SLA(""),
  TIER(""),
  CDC_MODE("auto"),
  DIAMOND_CONSISTENCY("none"),
  APPEND_ONLY("false");

  private final String standard;

  Setting(String standard) {
    this.standard = standard;
  }

  /** The parameter of the SQL functions, and the key in the file. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What holds where nobody has chosen; empty if nothing does. */
  String standard() {
    return standard;
  }
}
