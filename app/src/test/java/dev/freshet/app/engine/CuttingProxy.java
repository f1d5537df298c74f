package dev.freshet.app.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A network between the service and its database that breaks at the worst moment: when a worker
 * commits.
 */
final class CuttingProxy implements AutoCloseable {

  /** Where the connection breaks. */
  enum Cut {
    NOWHERE,
    /** The COMMIT does not arrive at the server. */
    BEFORE_COMMIT,
    /** The server has committed, and its answer does not arrive. */
    AFTER_COMMIT
  }

  private static final String WORKER = "freshet worker";
  private static final String COMMIT = "COMMIT\0";

  private final int serverPort;
  private final ServerSocket listening;
  private final AtomicReference<Cut> next = new AtomicReference<>(Cut.NOWHERE);
  private final CountDownLatch cut = new CountDownLatch(1);

  CuttingProxy(int serverPort) throws IOException {
    this.serverPort = serverPort;
    this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return listening.getLocalPort();
  }

  /** Cuts the connection of the worker that commits next. */
  void cutNext(Cut where) {
    next.set(where);
  }

  void awaitCut() throws InterruptedException {
    if (!cut.await(30, TimeUnit.SECONDS)) {
      throw new AssertionError("no worker committed");
    }
  }

  private void accept() {
    try {
      while (!listening.isClosed()) {
        Socket client = listening.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        Passage passage = new Passage(client, server);
        Thread.ofVirtual().start(passage::toServer);
        Thread.ofVirtual().start(passage::toClient);
      }
    } catch (IOException closed) {
      // The test is over.
      next.set(Cut.NOWHERE);
    }
  }

  /** One connection through it. */
  private final class Passage {
    private final Socket client;
    private final Socket server;
    private boolean isWorker;
    private volatile boolean swallowing;

    Passage(Socket client, Socket server) {
      this.client = client;
      this.server = server;
    }

    void toServer() {
      StringBuilder seen = new StringBuilder();
      pass(
          client,
          server,
          text -> {
            isWorker = isWorker || text.contains(WORKER);
            if (isWorker && next.get() != Cut.NOWHERE && hasCommit(seen, text)) {
              Cut where = next.getAndSet(Cut.NOWHERE);
              swallowing = where == Cut.AFTER_COMMIT;
              return where == Cut.AFTER_COMMIT;
            }
            return true;
          });
    }

    void toClient() {
      StringBuilder seen = new StringBuilder();
      pass(server, client, text -> !swallowing || !hasCommit(seen, text));
    }

    private boolean hasCommit(StringBuilder seen, String text) {
      seen.append(text);
      boolean found = seen.indexOf(COMMIT) >= 0;
      seen.delete(0, Math.max(0, seen.length() - COMMIT.length()));
      return found;
    }

    /** Hands on what comes until the visitor says that it breaks here. */
    private void pass(Socket from, Socket to, Visitor visitor) {
      byte[] bytes = new byte[1 << 16];
      try (from;
          to) {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
          if (!visitor.passes(new String(bytes, 0, count, StandardCharsets.ISO_8859_1))) {
            cut.countDown();
            return;
          }
          if (!swallowing || to == server) {
            out.write(bytes, 0, count);
          }
        }
      } catch (IOException broken) {
        // That is what a broken network looks like from here; closing both ends is all there is to
        // do.
        return;
      }
    }
  }

  private interface Visitor {
    boolean passes(String text);
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
