package dev.freshet.app.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** {@code --set key=value}: any configuration property, above all other sources. */
final class SettingOptions {

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = {
        "Sets a configuration property; may be repeated.",
        "For example --set freshet.tick-interval=1s"
      })
  private Map<String, String> settings = new LinkedHashMap<>();

  void apply() {
    settings.forEach(System::setProperty);
  }
}
