package dev.freshet.app.rules;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A Maven module of the checkout that the tests run in, as its files. */
record Module(String name, Path directory) {

  private static final List<String> NAMES =
      List.of("catalog", "scheduler", "refresh", "publication", "prediction", "sla", "app");

  static List<Module> all() {
    Path root = root();
    return NAMES.stream().map(name -> new Module(name, root.resolve(name))).toList();
  }

  /** The top of the checkout: Maven runs the tests in the directory of their module. */
  static Path root() {
    Path directory = Path.of("").toAbsolutePath();
    while (!Files.exists(directory.resolve("mvnw"))) {
      directory = directory.getParent();
      if (directory == null) {
        throw new IllegalStateException("The tests of the rules run inside the checkout.");
      }
    }
    return directory;
  }

  /** The documents at the top and under {@code docs}. */
  static List<Path> documents() throws IOException {
    List<Path> documents =
        new ArrayList<>(filesIn(root().resolve("docs"), Integer.MAX_VALUE, ".md"));
    documents.addAll(filesIn(root(), 1, ".md"));
    return documents;
  }

  List<Path> mainSources() throws IOException {
    return files("src/main/java", ".java");
  }

  List<Path> testSources() throws IOException {
    return files("src/test/java", ".java");
  }

  List<Path> sources() throws IOException {
    List<Path> sources = new ArrayList<>(mainSources());
    sources.addAll(testSources());
    return sources;
  }

  List<Path> mainResources(String suffix) throws IOException {
    return files("src/main/resources", suffix);
  }

  private List<Path> files(String folder, String suffix) throws IOException {
    return filesIn(directory.resolve(folder), Integer.MAX_VALUE, suffix);
  }

  private static List<Path> filesIn(Path folder, int depth, String suffix) throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder, depth)) {
      return files.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
    }
  }
}
