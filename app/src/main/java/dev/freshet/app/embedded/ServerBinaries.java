package dev.freshet.app.embedded;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** The server's programs, unpacked once into a directory named after the archive's content. */
final class ServerBinaries {

  private static final int NAME_LENGTH = 16;
  private static final int OWNER_MAY_EXECUTE = 0100;

  private final Path home;

  private ServerBinaries(Path home) {
    this.home = home;
  }

  static ServerBinaries unpackedIn(Path directory) {
    try {
      byte[] archive = archive();
      Path home = directory.resolve(nameOf(archive));
      if (!Files.isDirectory(home)) {
        Path partial = directory.resolve(home.getFileName() + ".partial");
        delete(partial);
        unpack(archive, partial);
        Files.move(partial, home, StandardCopyOption.ATOMIC_MOVE);
      }
      return new ServerBinaries(home);
    } catch (IOException failed) {
      throw new EmbeddedServerException("cannot unpack PostgreSQL in " + directory, failed);
    }
  }

  Path program(String name) {
    return home.resolve("bin").resolve(name);
  }

  private static byte[] archive() throws IOException {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String architecture = System.getProperty("os.arch");
    String family =
        system.contains("win") && !system.contains("darwin")
            ? "Windows"
            : system.contains("mac") || system.contains("darwin") ? "Darwin" : "Linux";
    try (InputStream found =
        DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(
            family, architecture.equals("amd64") ? "x86_64" : architecture)) {
      if (found == null) {
        throw new EmbeddedServerException(
            "this build brings no PostgreSQL for %s on %s".formatted(family, architecture));
      }
      return found.readAllBytes();
    }
  }

  private static String nameOf(byte[] archive) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(archive);
      return HexFormat.of().formatHex(digest).substring(0, NAME_LENGTH);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }

  private static void unpack(byte[] archive, Path target) throws IOException {
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(new XZInputStream(new ByteArrayInputStream(archive)))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path file = target.resolve(entry.getName()).normalize();
        if (!file.startsWith(target)) {
          throw new IOException("the archive leaves its directory: " + entry.getName());
        }
        write(tar, entry, file);
      }
    }
  }

  private static void write(TarArchiveInputStream tar, TarArchiveEntry entry, Path file)
      throws IOException {
    if (entry.isDirectory()) {
      Files.createDirectories(file);
      return;
    }
    Files.createDirectories(file.resolveSibling("."));
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
      return;
    }
    Files.copy(tar, file);
    if ((entry.getMode() & OWNER_MAY_EXECUTE) != 0
        && Files.getFileStore(file).supportsFileAttributeView("posix")) {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
      permissions.addAll(
          List.of(
              PosixFilePermission.OWNER_EXECUTE,
              PosixFilePermission.GROUP_EXECUTE,
              PosixFilePermission.OTHERS_EXECUTE));
      Files.setPosixFilePermissions(file, permissions);
    }
  }

  static void delete(Path tree) throws IOException {
    if (!Files.exists(tree)) {
      return;
    }
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(tree)) {
      paths = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : paths) {
      Files.delete(path);
    }
  }
}
