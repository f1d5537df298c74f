package dev.freshet.app.testing;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * What the messages of one client say, of <a
 * href="https://www.postgresql.org/docs/18/protocol-message-formats.html">PostgreSQL's
 * protocol</a>.
 */
final class Messages {

  private static final int TLS_REQUEST = 80877103;
  private static final int GSSAPI_REQUEST = 80877104;
  private static final String WORKER = "freshet worker";

  private final Map<String, String> prepared = new HashMap<>();
  private volatile boolean ofWorker;

  /** Whether the client is a worker's session. */
  boolean isOfWorker() {
    return ofWorker;
  }

  /** The statement that the server is asked to run; empty for other messages. */
  String ofClient(boolean first, int type, byte[] body) {
    if (first) {
      ofWorker = new String(body, StandardCharsets.UTF_8).contains(WORKER);
      return "";
    }
    return switch (type) {
      case 'Q' -> text(body, 0);
      case 'P' -> {
        String name = text(body, 0);
        prepared.put(name, text(body, end(body, 0)));
        yield "";
      }
      // The portal, then the statement.
      case 'B' -> prepared.getOrDefault(text(body, end(body, 0)), "");
      default -> "";
    };
  }

  /** Whether the first message asks for TLS or GSSAPI, to be followed by the real first one. */
  static boolean asksForEncryption(byte[] body) throws IOException {
    return body.length == Integer.BYTES
        && (number(body) == TLS_REQUEST || number(body) == GSSAPI_REQUEST);
  }

  /** As it is on the wire. */
  static byte[] whole(boolean first, int type, byte[] body) {
    ByteBuffer message = ByteBuffer.allocate(1 + Integer.BYTES + body.length);
    if (!first) {
      message.put((byte) type);
    }
    message.putInt(body.length + Integer.BYTES).put(body);
    return Arrays.copyOf(message.array(), message.position());
  }

  static String text(byte[] body, int from) {
    return new String(body, from, end(body, from) - 1 - from, StandardCharsets.UTF_8);
  }

  /** After the zero byte that ends the text. */
  private static int end(byte[] body, int from) {
    int end = from;
    while (body[end] != 0) {
      end++;
    }
    return end + 1;
  }

  static int number(byte[] body) throws IOException {
    return new DataInputStream(new ByteArrayInputStream(body)).readInt();
  }
}
