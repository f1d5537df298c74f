package dev.freshet.app.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.properties.CanBeAnnotated;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.io.IOException;
import java.lang.reflect.Method;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ConfigurationPageTest {

  @Test
  void listsEveryPropertyWithItsDefaultAndNoOther() throws IOException {
    Map<String, String> properties = new TreeMap<>();
    for (JavaClass mapping :
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.freshet")
            .that(CanBeAnnotated.Predicates.annotatedWith(ConfigMapping.class))) {
      Class<?> type = mapping.reflect();
      String prefix = type.getAnnotation(ConfigMapping.class).prefix();
      for (Method property : type.getDeclaredMethods()) {
        WithDefault given = property.getAnnotation(WithDefault.class);
        properties.put(
            prefix + "." + kebab(property.getName()), given == null ? "" : given.value());
      }
    }

    Map<String, String> listed = new TreeMap<>();
    for (Page.Row row : Page.read("docs/configuration.md").rowsUnder("# Configuration")) {
      listed.put(row.codes(0).getFirst(), String.join("", row.codes(1)));
    }

    assertThat(listed).isEqualTo(properties);
  }

  private static String kebab(String name) {
    return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }
}
