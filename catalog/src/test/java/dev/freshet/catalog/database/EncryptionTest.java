package dev.freshet.catalog.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.catalog.surface.InstallationException;
import dev.freshet.catalog.surface.SchemaInstaller;
import dev.freshet.catalog.testing.PostgresServer;
import dev.freshet.catalog.testing.TestDatabase;
import io.vertx.core.Vertx;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.sql.SQLException;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncryptionTest {

  private static final String ON = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()";
  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir private static Path directory = Path.of("");

  private static TestDatabase admin = PostgresServer.createDatabase();
  private static Vertx vertx = Vertx.vertx();

  @BeforeAll
  static void encrypt() throws Exception {
    KeyStore store = selfSigned();
    Files.writeString(
        directory.resolve("root.crt"),
        pem("CERTIFICATE", store.getCertificate("server").getEncoded()));
    writeAsServer("test.crt", Files.readString(directory.resolve("root.crt")));
    writeAsServer("test.key", pem("PRIVATE KEY", store.getKey("server", PASSWORD).getEncoded()));
    admin.run(
        "ALTER SYSTEM SET ssl_cert_file = 'test.crt'",
        "ALTER SYSTEM SET ssl_key_file = 'test.key'",
        "ALTER SYSTEM SET ssl = on",
        "SELECT pg_reload_conf()");
    awaitEncryption("on");
  }

  @AfterAll
  static void stop() throws SQLException {
    admin.run(
        "ALTER SYSTEM RESET ssl",
        "ALTER SYSTEM RESET ssl_cert_file",
        "ALTER SYSTEM RESET ssl_key_file",
        "SELECT pg_reload_conf()");
    awaitEncryption("off");
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private static KeyStore selfSigned() throws Exception {
    Path file = directory.resolve("server.p12");
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-alias",
            "server",
            "-keyalg",
            "RSA",
            "-dname",
            "CN=test",
            "-ext",
            "SAN=ip:127.0.0.1",
            "-ext",
            "bc=ca:true",
            "-storetype",
            "PKCS12",
            "-keystore",
            file.toString(),
            "-storepass",
            new String(PASSWORD));
    Process keytool = new ProcessBuilder(command).inheritIO().start();
    assertThat(keytool.waitFor()).isZero();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD);
    }
    return store;
  }

  private static String pem(String what, byte[] der) {
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
        .formatted(what, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der));
  }

  /** The server insists on a key that nobody else can read, and may run as somebody else. */
  private static void writeAsServer(String file, String text) throws SQLException {
    admin.run(
        "COPY (SELECT unnest(string_to_array('%s', E'\\n'))) TO PROGRAM 'umask 077; cat > %s'"
            .formatted(text.strip(), file));
  }

  private static void awaitEncryption(String expected) throws SQLException {
    while (!admin.value("SHOW ssl").equals(expected)) {
      admin.run("SELECT pg_sleep(0.02)");
    }
  }

  private static DatabaseUrl url(String parameters) {
    return new DatabaseUrl(admin.url() + "?" + parameters);
  }

  private static boolean isEncrypted(DatabaseUrl url) {
    return new Database(vertx, url)
        .with("test", session -> session.query(ON).iterator().next().getBoolean(0));
  }

  @Test
  void requireEncryptsAndChecksNobody() {
    assertThat(isEncrypted(url("sslmode=require"))).isTrue();
    assertThat(new SchemaInstaller(url("sslmode=require")).installedVersion()).isEmpty();
  }

  @Test
  void disableDoesNotEncrypt() {
    assertThat(isEncrypted(url("sslmode=disable"))).isFalse();
  }

  @Test
  void verifyFullTrustsTheRootCertificateGiven() {
    DatabaseUrl url = url("sslmode=verify-full&sslrootcert=" + directory.resolve("root.crt"));

    assertThat(isEncrypted(url)).isTrue();
    assertThat(new SchemaInstaller(url).installedVersion()).isEmpty();
  }

  @Test
  void verifyFullRefusesWhomNobodyTrusts() {
    DatabaseUrl url = url("sslmode=verify-full");

    assertThatThrownBy(() -> isEncrypted(url)).isInstanceOf(DatabaseException.class);
    assertThatThrownBy(() -> new SchemaInstaller(url).installedVersion())
        .isInstanceOf(InstallationException.class);
  }
}
