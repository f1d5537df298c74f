package dev.freshet.refresh.sql;

import java.util.ArrayList;
import java.util.List;

/** Where lines break: a list that fits stays on one line, another gets a line for each element. */
final class Layout {
  private static final int WIDTH = 100;
  private static final String INDENT = "  ";

  private Layout() {}

  /** Elements separated by commas, on one line or each on its own. */
  static String list(List<String> elements) {
    return String.join(fitsOneLine(elements, 0) ? ", " : ",\n", elements);
  }

  /** {@code opening elements closing}, with the elements indented when they do not fit one line. */
  static String enclosed(String opening, List<String> elements, String closing) {
    if (fitsOneLine(elements, opening.length() + closing.length())) {
      return opening + String.join(", ", elements) + closing;
    }
    return opening + "\n" + indented(String.join(",\n", elements)) + "\n" + closing;
  }

  /** A clause: its keyword and its elements. */
  static String clause(String keyword, List<String> elements) {
    if (elements.isEmpty()) {
      return keyword;
    }
    if (elements.size() == 1 || fitsOneLine(elements, keyword.length())) {
      return keyword + " " + String.join(", ", elements);
    }
    return keyword + "\n" + indented(String.join(",\n", elements));
  }

  /** A condition clause: its keyword and its conjuncts. */
  static String conjunction(String keyword, List<String> conjuncts) {
    String separator = fitsOneLine(conjuncts, keyword.length()) ? " AND " : "\n  AND ";
    return keyword + " " + String.join(separator, conjuncts);
  }

  /** A text in parentheses, on lines of its own if it has several. */
  static String parenthesised(String text) {
    return text.contains("\n") ? "(\n" + indented(text) + "\n)" : "(" + text + ")";
  }

  /** Clauses under one another; empty ones are left out. */
  static String lines(List<String> clauses) {
    List<String> present = new ArrayList<>(clauses);
    present.removeIf(String::isEmpty);
    return String.join("\n", present);
  }

  /** Words on one line; empty ones are left out. */
  static String words(String... words) {
    List<String> present = new ArrayList<>(List.of(words));
    present.removeIf(String::isEmpty);
    return String.join(" ", present);
  }

  /**
   * The text moved to the right. No token spans lines (see {@link Quoting}), so its meaning stays.
   */
  static String indented(String text) {
    return INDENT + text.replace("\n", "\n" + INDENT);
  }

  private static boolean fitsOneLine(List<String> elements, int others) {
    int length = others;
    for (String element : elements) {
      length += element.length() + 2;
      if (length > WIDTH || element.contains("\n")) {
        return false;
      }
    }
    return true;
  }
}
