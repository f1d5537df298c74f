package dev.freshet.refresh.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GoldenFilesTest {

  private static final String FOLDER = "dev/freshet/refresh/rule";
  private static final Path TESTS = Path.of("src/test/java", FOLDER);
  private static final Path FILES = Path.of("src/test/resources", FOLDER);

  private static final Pattern CASE =
      Pattern.compile("\\.(?:rendersAs|isRefusedAs)\\(\"([^\"]+)\"");

  /** A case that was renamed must not leave its old file behind, nor two cases share one. */
  @Test
  void everyGoldenFileHasOneCase() throws IOException {
    Set<String> files = new TreeSet<>();
    try (Stream<Path> found = Files.walk(FILES)) {
      found
          .filter(Files::isRegularFile)
          .forEach(file -> files.add(FILES.relativize(file).toString().replace('\\', '/')));
    }
    Set<String> cases = new TreeSet<>();
    try (Stream<Path> tests = Files.list(TESTS)) {
      for (Path test : tests.toList()) {
        String folder = test.getFileName().toString().replace(".java", "");
        CASE.matcher(Files.readString(test))
            .results()
            .map(found -> "%s/%s.sql".formatted(folder, found.group(1)))
            .forEach(
                golden -> assertThat(cases.add(golden)).as("%s has one case", golden).isTrue());
      }
    }
    assertThat(files).containsExactlyInAnyOrderElementsOf(cases);
  }
}
