package dev.freshet.refresh.rule;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.opentest4j.AssertionFailedError;

/** A file that says what a test must find, whole. */
public final class GoldenFile {

  private static final String UPDATE = "golden.update";
  private static final Path ROOT = Path.of("src", "test", "resources");
  private static final int LINES_SHOWN = 5;

  private final Path path;

  private GoldenFile(Path path) {
    this.path = path;
  }

  /** The file of a case, in the folder named after its test, in the test's package. */
  public static GoldenFile of(String packageName, String test, String name) {
    String folder = packageName.replace('.', '/');
    return new GoldenFile(ROOT.resolve(folder).resolve(test).resolve(name + ".sql"));
  }

  /** A file elsewhere in the project. */
  public static GoldenFile at(Path path) {
    return new GoldenFile(path);
  }

  /** What it says now. */
  public String text() {
    try {
      return Files.exists(path) ? Files.readString(path, UTF_8) : "";
    } catch (IOException failed) {
      throw new UncheckedIOException("golden file " + path, failed);
    }
  }

  /** Fails where the file is missing or says something else; writes it where that is asked for. */
  public void says(String text) {
    try {
      if (Boolean.getBoolean(UPDATE)) {
        Files.createDirectories(path.resolveSibling(""));
        Files.writeString(path, text, UTF_8);
      }
      String expected = text();
      if (!expected.equals(text)) {
        throw new AssertionFailedError(difference(expected, text), expected, text);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException("golden file " + path, failed);
    }
  }

  /** From the first line on that is not the same. */
  private String difference(String expected, String actual) {
    List<String> wanted = expected.lines().toList();
    List<String> found = actual.lines().toList();
    int line =
        IntStream.range(0, Math.min(wanted.size(), found.size()))
            .filter(i -> !wanted.get(i).equals(found.get(i)))
            .findFirst()
            .orElse(Math.min(wanted.size(), found.size()));
    return "%s differs from line %d on\nthe file says:\n%s\nbut now it is:\n%s\n-D%s=true writes it"
        .formatted(path, line + 1, from(wanted, line), from(found, line), UPDATE);
  }

  private static String from(List<String> lines, int first) {
    return first >= lines.size()
        ? "  (nothing more)"
        : lines.stream()
            .skip(first)
            .limit(LINES_SHOWN)
            .map(line -> "  " + line)
            .collect(Collectors.joining("\n"));
  }
}
