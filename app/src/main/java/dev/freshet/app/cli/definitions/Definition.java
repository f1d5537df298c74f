package dev.freshet.app.cli.definitions;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What somebody has chosen of a stream table.
 *
 * @param name schema and table, quoted where SQL wants it
 * @param query without blanks around it and without a semicolon at its end
 * @param settings those that are not as they are by default, as the database stores them; the SLA
 *     in milliseconds
 */
record Definition(
    String name, String query, Map<Setting, String> settings, Publication publication) {

  Definition {
    query = normal(query);
    EnumMap<Setting, String> chosen = new EnumMap<>(Setting.class);
    settings.forEach((setting, value) -> {
      if (!value.equals(setting.standard())) {
        chosen.put(setting, value);
      }
    });
    // Without an SLA the tier is hot, whether somebody has said so or not.
    if (!chosen.containsKey(Setting.SLA)) {
      chosen.remove(Setting.TIER, "hot");
    }
    settings = Collections.unmodifiableMap(chosen);
  }

  /** A query, without what means nothing at its ends. */
  private static String normal(String query) {
    int end = query.length();
    while (end > 0
        && (query.charAt(end - 1) == ';' || Character.isWhitespace(query.charAt(end - 1)))) {
      end--;
    }
    return query.substring(0, end).stripLeading();
  }

  /** A setting as it is stored; empty if nothing is. */
  String setting(Setting setting) {
    return settings.getOrDefault(setting, setting.standard());
  }

  /** A setting as people write it. */
  String shown(Setting setting) {
    String value = setting(setting);
    return setting == Setting.SLA && !value.isEmpty() ? duration(Long.parseLong(value)) : value;
  }

  /** A duration in the largest unit of which it is a whole number. */
  private static String duration(long ms) {
    String[] units = {"h", "min", "s"};
    long[] sizes = {3_600_000, 60_000, 1_000};
    for (int unit = 0; unit < units.length; unit++) {
      if (ms % sizes[unit] == 0) {
        return ms / sizes[unit] + units[unit];
      }
    }
    return ms + "ms";
  }
}
