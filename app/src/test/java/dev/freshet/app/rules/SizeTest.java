package dev.freshet.app.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.MethodTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.Test;

/** What grows past these sizes has more than one responsibility. */
class SizeTest {

  private static final int FILE_LINES_MAX = 400;
  private static final int TEST_FILE_LINES_MAX = 500;
  private static final int METHOD_LINES_MAX = 70;
  private static final int PARAMETERS_MAX = 6;
  private static final int CONSTRUCTOR_DEPENDENCIES_MAX = 7;

  @Test
  void filesFitInAHead() throws IOException {
    List<String> tooLong = new ArrayList<>();
    for (Module module : Module.all()) {
      tooLong.addAll(longerThan(FILE_LINES_MAX, module.mainSources()));
      tooLong.addAll(longerThan(FILE_LINES_MAX, module.mainResources(".sql")));
      tooLong.addAll(longerThan(TEST_FILE_LINES_MAX, module.testSources()));
    }
    assertThat(tooLong).isEmpty();
  }

  @Test
  void methodsFitOnAScreen() throws IOException {
    assertThat(methodsWhere((source, method) -> source.lines(method) > METHOD_LINES_MAX)).isEmpty();
  }

  @Test
  void callsFitInALine() throws IOException {
    assertThat(
            methodsWhere((source, method) -> method.getParameters().size() > parametersMax(method)))
        .isEmpty();
  }

  private static int parametersMax(MethodTree method) {
    return method.getReturnType() == null ? CONSTRUCTOR_DEPENDENCIES_MAX : PARAMETERS_MAX;
  }

  private static List<String> longerThan(int linesMax, List<Path> files) throws IOException {
    List<String> tooLong = new ArrayList<>();
    for (Path file : files) {
      int lines = Files.readAllLines(file).size();
      if (lines > linesMax) {
        tooLong.add(
            "%s: %d lines, at most %d".formatted(Module.root().relativize(file), lines, linesMax));
      }
    }
    return tooLong;
  }

  private static List<String> methodsWhere(BiPredicate<Source, MethodTree> excessive)
      throws IOException {
    List<String> found = new ArrayList<>();
    for (Module module : Module.all()) {
      for (Source source : Source.parse(module.sources())) {
        for (MethodTree method : Methods.of(source)) {
          if (excessive.test(source, method)) {
            found.add(
                "%s %s: %d lines, %d parameters"
                    .formatted(
                        source.at(method),
                        method.getName(),
                        source.lines(method),
                        method.getParameters().size()));
          }
        }
      }
    }
    return found;
  }
}
