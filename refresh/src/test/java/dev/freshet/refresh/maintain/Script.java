package dev.freshet.refresh.maintain;

import dev.freshet.catalog.database.SqlFile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** SQL of a test's resources. */
public record Script(String text) {

  private static final Pattern PARTS = Pattern.compile("(?m)^-- == .*$");
  private static final String COMMENT = "-- ";

  /** The script of a path below the root of the resources. */
  public static Script read(String path) {
    return new Script(SqlFile.read(Script.class, "/" + path));
  }

  /** What stands between lines that begin with {@code -- ==}. */
  public List<String> parts() {
    return PARTS.splitAsStream(text).filter(part -> !part.isBlank()).toList();
  }

  /** Queries of a line each, by the comment above. */
  public Map<String, String> queries() {
    Map<String, String> queries = new LinkedHashMap<>();
    String name = "";
    for (String line : text.lines().toList()) {
      if (line.startsWith(COMMENT)) {
        name = line.substring(COMMENT.length());
      } else if (!line.isBlank()) {
        queries.put(name, line.substring(0, line.length() - 1));
      }
    }
    return queries;
  }
}
