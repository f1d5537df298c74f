package dev.freshet.refresh.maintain;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/** SQL of a test's resources. */
public record Script(String text) {

  private static final Pattern PARTS = Pattern.compile("(?m)^-- == .*$");
  private static final String COMMENT = "-- ";

  /** The script of a path below the root of the resources. */
  public static Script read(String path) {
    try (InputStream stream =
        Objects.requireNonNull(Script.class.getResourceAsStream("/" + path), path)) {
      return new Script(new String(stream.readAllBytes(), UTF_8));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(path, unreadable);
    }
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
