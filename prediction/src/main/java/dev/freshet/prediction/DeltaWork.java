package dev.freshet.prediction;

/** What kind of work a change makes for a refresh by differences. */
public enum DeltaWork {
  /** The changed rows are all that is read: filters, sums, counts. */
  LINEAR,
  /** Each looks up rows of other sources. */
  JOIN,
  /** Each has its group or partition read again: least and greatest values, windows. */
  REREADING,
  /** Any has all rows read again. */
  WHOLE
}
