package dev.freshet.publication.watch;

/** What may become of a subscriber's slot, in the words of {@code freshet.pgt_subscribers}. */
enum Risk {
  /** All is well. */
  NONE("info"),
  /** Much of PostgreSQL's log is kept for it. */
  GROWING("warning"),
  /** PostgreSQL may soon remove what it needs. */
  LOSING("error"),
  /** PostgreSQL has removed what it needed. */
  LOST("critical");

  private final String severity;

  Risk(String severity) {
    this.severity = severity;
  }

  /** Of the alert. */
  String severity() {
    return severity;
  }
}
