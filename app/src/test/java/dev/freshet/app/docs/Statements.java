package dev.freshet.app.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Splits SQL at its semicolons, as psql does. */
final class Statements {

  private static final Pattern TOKEN =
      Pattern.compile("--[^\\n]*|'(?:[^']|'')*'|\"[^\"]*\"|(\\$\\w*\\$).*?\\1|;|.", Pattern.DOTALL);

  private Statements() {}

  static List<String> of(String text) {
    List<String> statements = new ArrayList<>();
    StringBuilder statement = new StringBuilder();
    for (MatchResult token : TOKEN.matcher(text).results().toList()) {
      if (token.group().equals(";")) {
        statements.add(statement.toString().strip());
        statement.setLength(0);
      } else {
        statement.append(token.group());
      }
    }
    if (!statement.toString().isBlank()) {
      throw new IllegalArgumentException("a statement without its semicolon: " + statement);
    }
    return statements;
  }
}
