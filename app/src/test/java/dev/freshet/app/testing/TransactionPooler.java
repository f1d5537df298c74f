package dev.freshet.app.testing;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.Semaphore;

/**
 * A pooler in transaction mode, of the smallest size: all clients share one session of the server,
 * each for a transaction at a time. As PgBouncer does, it tells clients a process id of its own.
 */
public final class TransactionPooler implements AutoCloseable {

  private static final byte[] LET_IN = {0, 0, 0, 0};
  private static final byte[] OWN_PROCESS = {0, 0, 0, 1, 0, 0, 0, 1};
  private static final char IDLE = 'I';

  private final int serverPort;
  private final ServerSocket listening;
  private final Semaphore turn = new Semaphore(1);
  private final ByteArrayOutputStream greeting = new ByteArrayOutputStream();
  private Socket server = new Socket();

  public TransactionPooler(int serverPort) throws IOException {
    this.serverPort = serverPort;
    this.listening = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    Clients.accept(listening, this::serve);
  }

  public int port() {
    return listening.getLocalPort();
  }

  private void serve(Socket client) {
    boolean holdsTurn = false;
    try (client) {
      DataInputStream in = new DataInputStream(client.getInputStream());
      byte[] startup = body(in);
      while (Messages.asksForEncryption(startup)) {
        client.getOutputStream().write('N');
        startup = body(in);
      }
      greet(client, startup);
      int type = in.readUnsignedByte();
      while (type != 'X') {
        if (!holdsTurn) {
          turn.acquireUninterruptibly();
          holdsTurn = true;
        }
        server.getOutputStream().write(Messages.whole(false, type, body(in)));
        if ((type == 'Q' || type == 'S') && answer(client) == IDLE) {
          turn.release();
          holdsTurn = false;
        }
        type = in.readUnsignedByte();
      }
    } catch (IOException gone) {
      // The client is, or the test is over.
      return;
    } finally {
      if (holdsTurn) {
        turn.release();
      }
    }
  }

  /** Lets a client in as the server has let in the first one, which must need no password. */
  private synchronized void greet(Socket client, byte[] startup) throws IOException {
    if (greeting.size() == 0) {
      server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
      server.getOutputStream().write(Messages.whole(true, 0, startup));
      DataInputStream in = new DataInputStream(server.getInputStream());
      greeting.write(Messages.whole(false, 'R', LET_IN));
      int type;
      do {
        type = in.readUnsignedByte();
        byte[] body = body(in);
        if (type == 'E' || (type == 'R' && Messages.number(body) != 0)) {
          throw new IllegalStateException("the server lets nobody in without a password");
        }
        if (type != 'R') {
          greeting.write(Messages.whole(false, type, type == 'K' ? OWN_PROCESS : body));
        }
      } while (type != 'Z');
    }
    greeting.writeTo(client.getOutputStream());
  }

  /** Passes the server's answer on; returns the state of the transaction. */
  private char answer(Socket client) throws IOException {
    DataInputStream in = new DataInputStream(server.getInputStream());
    while (true) {
      int type = in.readUnsignedByte();
      byte[] body = body(in);
      client.getOutputStream().write(Messages.whole(false, type, body));
      if (type == 'Z') {
        return (char) body[0];
      }
    }
  }

  private static byte[] body(DataInputStream in) throws IOException {
    byte[] body = new byte[in.readInt() - Integer.BYTES];
    in.readFully(body);
    return body;
  }

  @Override
  public void close() throws IOException {
    listening.close();
    server.close();
  }
}
