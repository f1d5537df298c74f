package dev.freshet.app.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** A running PostgreSQL of our own; closing it stops it. */
public final class EmbeddedServer implements AutoCloseable {

  public static final String HOST = "127.0.0.1";

  private static final String WAIT = "60";
  private static final int PORTS_TRIED_MAX = 100;

  /** Written anew at every start, so that a newer release changes what an older one has set. */
  private static final String SETTINGS =
      """
      listen_addresses = '127.0.0.1'
      port = %d
      unix_socket_directories = ''
      max_connections = 100
      shared_buffers = '128MB'
      max_wal_size = '512MB'
      wal_level = logical
      logging_collector = on
      log_directory = 'log'
      log_filename = 'postgresql-%%a.log'
      log_rotation_age = '1d'
      log_truncate_on_rotation = on
      """;

  private final Path cluster;
  private final ServerProgram programs;
  private final int port;

  private boolean closed;

  private EmbeddedServer(Path cluster, ServerProgram programs, int port) {
    this.cluster = cluster;
    this.programs = programs;
    this.port = port;
  }

  /** Starts the server of a directory; creates its cluster if it has none. */
  public static EmbeddedServer start(DataDirectory directory, ServerPlan plan, int port) {
    ServerBinaries binaries = ServerBinaries.unpackedIn(directory.servers());
    ServerProgram programs =
        new ServerProgram(binaries, directory.path().resolve("last-command.log"));
    EmbeddedServer server = new EmbeddedServer(directory.cluster(), programs, port);
    try {
      if (!Files.isDirectory(directory.cluster())) {
        create(directory, programs, plan);
      }
      new Leftover(directory.cluster(), programs).stop();
      server.configure(plan);
    } catch (IOException failed) {
      throw new EmbeddedServerException("cannot write in " + directory.path(), failed);
    }
    server.start();
    return server;
  }

  /** The port, if it is free, else the next one that is. */
  public static int freePortFrom(int first) {
    for (int port = first; port < first + PORTS_TRIED_MAX; port++) {
      if (isFree(port)) {
        return port;
      }
    }
    throw new EmbeddedServerException(
        "none of the ports %d to %d is free".formatted(first, first + PORTS_TRIED_MAX - 1));
  }

  /** Whether something could listen there. */
  public static boolean isFree(int port) {
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }

  public int port() {
    return port;
  }

  /** Is complete, or is not there: an interrupted attempt is begun anew. */
  private static void create(DataDirectory directory, ServerProgram programs, ServerPlan plan)
      throws IOException {
    Path partial = directory.path().resolve("cluster.partial");
    ServerBinaries.delete(partial);
    String data = partial.toString();
    programs.run(
        "initdb", "-D", data, "-U", "postgres", "-A", "reject", "-E", "UTF8", "--locale=C", "-N");
    Files.writeString(
        partial.resolve("postgresql.conf"), "include 'freshet.conf'\n", StandardOpenOption.APPEND);
    Files.writeString(partial.resolve("freshet.conf"), "");
    programs.feed(
        String.join("\n", plan.statements()) + "\n",
        "postgres",
        "--single",
        "-D",
        data,
        "-c",
        "exit_on_error=on",
        "postgres");
    Files.move(partial, directory.cluster(), StandardCopyOption.ATOMIC_MOVE);
  }

  private void configure(ServerPlan plan) throws IOException {
    Files.writeString(cluster.resolve("freshet.conf"), SETTINGS.formatted(port));
    Files.writeString(cluster.resolve("pg_hba.conf"), plan.hostBasedAuthentication());
  }

  private void start() {
    String log = cluster.resolveSibling("start.log").toString();
    int status =
        programs.status(
            "pg_ctl", "", "start", "-D", cluster.toString(), "-l", log, "-w", "-t", WAIT);
    if (status != 0) {
      throw new EmbeddedServerException(
          "PostgreSQL does not start; see %s and %s".formatted(log, cluster.resolve("log")));
    }
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    programs.run("pg_ctl", "stop", "-D", cluster.toString(), "-m", "fast", "-w", "-t", WAIT);
  }
}
