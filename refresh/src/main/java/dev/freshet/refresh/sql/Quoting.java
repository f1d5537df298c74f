package dev.freshet.refresh.sql;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Names and strings as SQL text. What is printed here never contains a line break, so that text can
 * be indented.
 *
 * <p>Requires {@code standard_conforming_strings}, which every session of ours turns on.
 */
final class Quoting {
  /** PostgreSQL cuts longer names off, and two names may then become one. */
  private static final int IDENTIFIER_BYTES_MAX = 63;

  private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_$]*");

  private Quoting() {}

  /** A name, quoted unless it is a plain lower-case word that is no keyword. */
  static String identifier(String name) {
    if (name.isEmpty()
        || name.indexOf('\0') >= 0
        || name.getBytes(UTF_8).length > IDENTIFIER_BYTES_MAX) {
      throw new IllegalArgumentException("not a name PostgreSQL can have: " + name);
    }
    if (PLAIN.matcher(name).matches() && !Keywords.contains(name)) {
      return name;
    }
    if (name.chars().anyMatch(Quoting::isControl)) {
      return "U&\"" + unicodeEscapes(name) + '"';
    }
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /** Names separated by dots. */
  static String path(List<String> names) {
    return names.stream().map(Quoting::identifier).collect(Collectors.joining("."));
  }

  /** A name with an optional schema. */
  static String qualified(String schema, String name) {
    return schema.isEmpty() ? identifier(name) : identifier(schema) + '.' + identifier(name);
  }

  /** Names separated by commas, in parentheses; nothing of none. */
  static String columns(List<String> names) {
    return names.isEmpty()
        ? ""
        : names.stream().map(Quoting::identifier).collect(Collectors.joining(", ", " (", ")"));
  }

  /** A string constant. */
  static String literal(String value) {
    if (value.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("PostgreSQL has no strings with a zero character");
    }
    String doubled = value.replace("'", "''");
    if (value.chars().anyMatch(Quoting::isControl)) {
      return "E'" + backslashEscapes(doubled) + '\'';
    }
    return '\'' + doubled + '\'';
  }

  private static boolean isControl(int character) {
    return Character.isISOControl(character) || character == 0x2028 || character == 0x2029;
  }

  private static String unicodeEscapes(String name) {
    StringBuilder text = new StringBuilder();
    name.chars()
        .forEach(character -> {
          switch (character) {
            case '"' -> text.append("\"\"");
            case '\\' -> text.append("\\\\");
            default -> appendEscaped(text, character, "\\%04X");
          }
        });
    return text.toString();
  }

  private static String backslashEscapes(String value) {
    StringBuilder text = new StringBuilder();
    value
        .chars()
        .forEach(character -> {
          switch (character) {
            case '\\' -> text.append("\\\\");
            case '\n' -> text.append("\\n");
            default -> appendEscaped(text, character, "\\u%04X");
          }
        });
    return text.toString();
  }

  private static void appendEscaped(StringBuilder text, int character, String format) {
    if (isControl(character)) {
      text.append(String.format(java.util.Locale.ROOT, format, character));
    } else {
      text.append((char) character);
    }
  }
}
