package dev.freshet.app.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What every file owes its reader. */
class TidyTest {

  /** In pieces, or this file would be found. */
  private static final Pattern PROMISE = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b");

  private static final Pattern SLEEP =
      Pattern.compile("\\b(Thread|TimeUnit\\.\\w+)\\s*\\.\\s*sleep" + "\\(");

  @Test
  void packagesStateTheirInvariant() throws IOException {
    Set<Path> packages = new HashSet<>();
    Set<Path> explained = new HashSet<>();
    for (Module module : Module.all()) {
      for (Path file : module.mainSources()) {
        packages.add(packageOf(module, "src/main/java", file));
        if (explains(file)) {
          explained.add(packageOf(module, "src/main/java", file));
        }
      }
      for (Path file : module.testSources()) {
        packages.add(packageOf(module, "src/test/java", file));
        if (explains(file)) {
          explained.add(packageOf(module, "src/test/java", file));
        }
      }
    }
    packages.removeAll(explained);
    assertThat(packages)
        .as("packages without a package-info.java that is commented and @NullMarked")
        .isEmpty();
  }

  @Test
  void filesDeclareOneTopLevelType() throws IOException {
    List<Path> crowded = new ArrayList<>();
    for (Module module : Module.all()) {
      for (Source source : Source.parse(module.sources())) {
        if (source.unit().getTypeDecls().size() > 1) {
          crowded.add(source.path());
        }
      }
    }
    assertThat(crowded).isEmpty();
  }

  @Test
  void nothingIsPutOff() throws IOException {
    List<Path> files = new ArrayList<>();
    for (Module module : Module.all()) {
      files.addAll(module.sources());
      files.addAll(module.mainResources(".sql"));
    }
    assertThat(containing(PROMISE, files)).isEmpty();
  }

  @Test
  void testsAwaitSignals() throws IOException {
    List<Path> files = new ArrayList<>();
    for (Module module : Module.all()) {
      files.addAll(module.testSources());
    }
    assertThat(containing(SLEEP, files)).isEmpty();
  }

  private static Path packageOf(Module module, String folder, Path file) {
    return module.directory().resolve(folder).relativize(file.resolveSibling(""));
  }

  private static boolean explains(Path file) throws IOException {
    if (!file.endsWith("package-info.java")) {
      return false;
    }
    String text = Files.readString(file);
    return text.contains("@NullMarked") && text.startsWith("/**");
  }

  private static List<Path> containing(Pattern pattern, List<Path> files) throws IOException {
    List<Path> found = new ArrayList<>();
    for (Path file : files) {
      if (pattern.matcher(Files.readString(file)).find()) {
        found.add(file);
      }
    }
    return found;
  }
}
