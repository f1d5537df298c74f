package dev.freshet.app.testing;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.function.Consumer;

/** Who connects to what stands between a service and its database. */
final class Clients {

  private Clients() {}

  /** Serves each on a thread of its own, until the socket is closed. */
  static void accept(ServerSocket listening, Consumer<Socket> served) {
    Thread.ofVirtual()
        .start(() -> {
          while (!listening.isClosed()) {
            try {
              Socket client = listening.accept();
              Thread.ofVirtual().start(() -> served.accept(client));
            } catch (IOException closed) {
              // The test is over.
              return;
            }
          }
        });
  }
}
