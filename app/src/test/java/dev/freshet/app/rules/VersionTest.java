package dev.freshet.app.rules;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** There is one version, and the parent POM says it. */
class VersionTest {

  private static final String VERSION =
      requireNonNull(System.getProperty("maven.project.version"), "Surefire sets it from the POM.");

  private static final Pattern IN_POM =
      Pattern.compile("<artifactId>freshet</artifactId>\\s*<version>([^<]+)</version>");

  /** Freshet 0.21.0, freshet-0.21.0, dev.freshet:app:0.21.0. */
  private static final Pattern IN_PROSE =
      Pattern.compile("(?i)\\bfreshet(?::\\w+)?[ :-]v?(\\d+\\.\\d+\\.\\d+)\\b");

  @Test
  void modulesHaveTheVersionOfTheirParent() throws IOException {
    List<Path> poms = new ArrayList<>(List.of(Module.root().resolve("pom.xml")));
    Module.all().forEach(module -> poms.add(module.directory().resolve("pom.xml")));
    for (Path pom : poms) {
      assertThat(versionsIn(pom, IN_POM)).as(pom.toString()).containsExactly(VERSION);
    }
  }

  @Test
  void documentsSpeakOfThisVersion() throws IOException {
    for (Path document : Module.documents()) {
      assertThat(versionsIn(document, IN_PROSE)).as(document.toString()).allMatch(VERSION::equals);
    }
  }

  private static List<String> versionsIn(Path file, Pattern pattern) throws IOException {
    Matcher matcher = pattern.matcher(Files.readString(file));
    return matcher.results().map(result -> result.group(1)).toList();
  }
}
