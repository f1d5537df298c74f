package dev.freshet.app.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.catalog.surface.InstallationError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ErrorsPageTest {

  private static final Pattern RAISED = Pattern.compile("ERRCODE = '(\\w{5})'");
  private static final Pattern CODE = Pattern.compile("\\b[0-9A-Z]{5}\\b");

  @Test
  void listsEveryCodeThatIsRaisedAndNoOther() throws IOException {
    Set<String> raised = new TreeSet<>();
    for (Path migration : migrations()) {
      RAISED
          .matcher(Files.readString(migration))
          .results()
          .forEach(found -> raised.add(found.group(1)));
    }
    Arrays.stream(InstallationError.values()).map(InstallationError::code).forEach(raised::add);

    Set<String> listed =
        Page.read("docs/errors.md").rowsUnder("# Errors").stream()
            .flatMap(row -> Page.words(row.cell(0), CODE).stream())
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(listed).isEqualTo(raised);
  }

  private static List<Path> migrations() throws IOException {
    try (Stream<Path> files =
        Files.list(Page.root().resolve("catalog/src/main/resources/db/migration"))) {
      return files.toList();
    }
  }
}
