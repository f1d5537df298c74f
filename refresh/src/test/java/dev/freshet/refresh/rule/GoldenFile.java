package dev.freshet.refresh.rule;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that says what a test must find, whole. */
public final class GoldenFile {

  private static final String UPDATE = "golden.update";
  private static final Path ROOT = Path.of("src", "test", "resources");

  private final Path path;

  private GoldenFile(Path path) {
    this.path = path;
  }

  /** The file of a case, in the folder named after its test, in the test's package. */
  public static GoldenFile of(String packageName, String test, String name) {
    String folder = packageName.replace('.', '/');
    return new GoldenFile(ROOT.resolve(folder).resolve(test).resolve(name + ".sql"));
  }

  /** Fails where the file is missing or says something else; writes it where that is asked for. */
  public void says(String text) {
    try {
      if (Boolean.getBoolean(UPDATE)) {
        Files.createDirectories(path.resolveSibling(""));
        Files.writeString(path, text, UTF_8);
      }
      assertThat(path).as("golden file; -D%s=true writes it", UPDATE).exists();
      assertThat(text)
          .as("%s; if the new text is right, -D%s=true writes it", path, UPDATE)
          .isEqualTo(Files.readString(path, UTF_8));
    } catch (IOException failed) {
      throw new UncheckedIOException("golden file " + path, failed);
    }
  }
}
