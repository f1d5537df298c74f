package dev.freshet.catalog.surface;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The one version: the build writes it into a file, and the installer into the database. */
public final class FreshetVersion {

  private static final String CURRENT = read();

  private FreshetVersion() {}

  public static String current() {
    return CURRENT;
  }

  private static String read() {
    Properties properties = new Properties();
    try (InputStream file = FreshetVersion.class.getResourceAsStream("version.properties")) {
      if (file == null) {
        throw new IllegalStateException("the build left out version.properties");
      }
      properties.load(file);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    String version = properties.getProperty("version", "");
    if (version.isEmpty() || version.contains("$")) {
      throw new IllegalStateException("the build did not write the version: " + version);
    }
    return version;
  }
}
