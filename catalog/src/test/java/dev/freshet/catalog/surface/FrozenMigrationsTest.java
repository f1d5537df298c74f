package dev.freshet.catalog.surface;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Migrations of a released version are in databases; a database refuses an upgrade whose old
 * migrations are not its own. What must change comes as a new migration.
 */
class FrozenMigrationsTest {

  private static final Path MIGRATIONS = Path.of("src/main/resources/db/migration");

  @Test
  void migrationsOfReleasedVersionsAreNeverEdited() throws Exception {
    assertThat(sums("V0.21.0.")).isEqualTo(released("v0.21.0.sha256"));
  }

  private static String sums(String prefix) throws IOException, NoSuchAlgorithmException {
    var sums = new TreeMap<String, String>();
    try (var files = Files.newDirectoryStream(MIGRATIONS, prefix + "*.sql")) {
      for (Path file : files) {
        byte[] sum = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
        sums.put(file.getFileName().toString(), HexFormat.of().formatHex(sum));
      }
    }
    StringBuilder text = new StringBuilder();
    sums.forEach((file, sum) -> text.append(sum).append("  ").append(file).append('\n'));
    return text.toString();
  }

  private static String released(String name) throws IOException {
    try (InputStream in = FrozenMigrationsTest.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), UTF_8);
    }
  }
}
