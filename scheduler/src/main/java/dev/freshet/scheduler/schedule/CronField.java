package dev.freshet.scheduler.schedule;

import java.util.BitSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One field of a cron expression: the values at which it fires.
 *
 * @param mask bit n is set if it fires at n; every field has fewer than 64 values
 * @param starred whether it began with a star, which for the days means "no restriction"
 */
record CronField(long mask, boolean starred) {

  private static final Pattern ITEM =
      Pattern.compile("(?:(\\*)|([a-z]{3}|\\d{1,2})(?:-([a-z]{3}|\\d{1,2}))?)(?:/(\\d{1,2}))?");

  /**
   * @param names of the values, from the lowest on; none where only numbers are written
   */
  static CronField parse(String text, int lowest, int highest, List<String> names) {
    BitSet values = new BitSet();
    for (String item : text.split(",", -1)) {
      Matcher parts = ITEM.matcher(item);
      if (!parts.matches()) {
        throw mistake(text);
      }
      boolean all = parts.group(1) != null;
      int first = all ? lowest : value(parts.group(2), lowest, names);
      int last = all ? highest : first;
      if (parts.group(3) != null) {
        last = value(parts.group(3), lowest, names);
      }
      int step = parts.group(4) == null ? 1 : Integer.parseInt(parts.group(4));
      boolean oneWithStep = !all && parts.group(3) == null && parts.group(4) != null;
      if (first < lowest || last > highest || first > last || step < 1 || oneWithStep) {
        throw mistake(text);
      }
      for (int value = first; value <= last; value += step) {
        values.set(value);
      }
    }
    return new CronField(values.toLongArray()[0], text.startsWith("*"));
  }

  private static int value(String text, int lowest, List<String> names) {
    if (Character.isDigit(text.charAt(0))) {
      return Integer.parseInt(text);
    }
    int place = names.indexOf(text);
    return place < 0 ? -1 : place + lowest;
  }

  private static IllegalArgumentException mistake(String text) {
    return new IllegalArgumentException("not a field of a cron expression: " + text);
  }

  boolean has(int value) {
    return ((mask >>> value) & 1) == 1;
  }

  /** The same with another value's firing moved to this one. */
  CronField withAlias(int alias, int value) {
    return has(alias) ? new CronField((mask & ~(1L << alias)) | (1L << value), starred) : this;
  }
}
