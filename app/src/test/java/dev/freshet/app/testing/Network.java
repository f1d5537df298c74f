package dev.freshet.app.testing;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A network between a service and its database, which a test can stop, cut, and hold up at a chosen
 * message of PostgreSQL's protocol.
 */
public final class Network implements AutoCloseable {

  private static final int PATIENCE_SECONDS = 60;

  private final int serverPort;
  private final ServerSocket listening;
  private final Set<Passage> passages = ConcurrentHashMap.newKeySet();
  private final AtomicReference<Point> armed = new AtomicReference<>(Point.NONE);
  private final BlockingQueue<Held> held = new LinkedBlockingQueue<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean stopped;

  public Network(int serverPort) throws IOException {
    this.serverPort = serverPort;
    this.listening = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    Clients.accept(listening, this::connect);
  }

  /**
   * Where a worker's connection is held up.
   *
   * @param text of the statement, or a part of it
   * @param answered whether the server is let do it, and only its answer is held up
   */
  public record Point(String text, boolean answered) {
    static final Point NONE = new Point("", false);

    /** Before the statement reaches the server, which has done everything before it. */
    public static Point before(String statement) {
      return new Point(statement, false);
    }

    /** After the server has done it. */
    public static Point after(String tag) {
      return new Point(tag, true);
    }

    boolean isAt(String passing) {
      return !text.isEmpty() && passing.contains(text);
    }
  }

  /** A connection that is held up; it goes on when the test lets it. */
  public final class Held {
    private final Passage passage;
    private boolean released;

    private Held(Passage passage) {
      this.passage = passage;
    }

    /** The server's process for it. */
    public int backend() {
      return passage.backend;
    }

    public void release() {
      lock.lock();
      try {
        released = true;
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }

    /** Cuts it; nothing passes any more. */
    public void cut() {
      passage.close();
      release();
    }

    private void await() {
      lock.lock();
      try {
        while (!released) {
          changed.awaitUninterruptibly();
        }
      } finally {
        lock.unlock();
      }
    }
  }

  public int port() {
    return listening.getLocalPort();
  }

  /** The next connection of a worker that comes by is held up there. */
  public void holdNext(Point point) {
    armed.set(point);
  }

  public Held awaitHeld() throws InterruptedException {
    Held found = held.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (found == null) {
      throw new AssertionError("no worker came by " + armed.getAndSet(Point.NONE));
    }
    return found;
  }

  /** Nothing passes any more, in either direction, and no connection is closed. */
  public void stop() {
    setStopped(true);
  }

  /** What was stopped goes on, as after a cable was plugged in again. */
  public void resume() {
    setStopped(false);
  }

  private void setStopped(boolean value) {
    lock.lock();
    try {
      stopped = value;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Cuts all connections; new ones can be made. */
  public void cut() {
    passages.forEach(Passage::close);
  }

  /** Cuts those with a backend of this number. */
  public void cut(int backend) {
    passages.stream().filter(passage -> passage.backend == backend).forEach(Passage::close);
  }

  private void awaitPassable() {
    lock.lock();
    try {
      while (stopped) {
        changed.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  private void connect(Socket client) {
    awaitPassable();
    try {
      Passage passage =
          new Passage(client, new Socket(InetAddress.getLoopbackAddress(), serverPort));
      passages.add(passage);
      Thread.ofVirtual().start(passage::toServer);
      Thread.ofVirtual().start(passage::toClient);
    } catch (IOException refused) {
      try {
        client.close();
      } catch (IOException gone) {
        throw new UncheckedIOException(gone);
      }
    }
  }

  /** One connection. */
  private final class Passage {
    private final Socket client;
    private final Socket server;
    private final Messages messages = new Messages();
    private volatile int backend;
    private volatile boolean encryptionAsked;

    Passage(Socket client, Socket server) throws IOException {
      this.client = client;
      this.server = server;
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
    }

    void toServer() {
      pass(client, server, true);
    }

    void toClient() {
      pass(server, client, false);
    }

    private void pass(Socket from, Socket to, boolean toServer) {
      try (from;
          to) {
        DataInputStream in = new DataInputStream(from.getInputStream());
        OutputStream out = to.getOutputStream();
        boolean first = toServer;
        while (true) {
          int type = first ? 0 : in.readUnsignedByte();
          if (!toServer && encryptionAsked) {
            // The answer is this one byte: no.
            encryptionAsked = false;
            out.write(type);
            continue;
          }
          byte[] body = new byte[in.readInt() - Integer.BYTES];
          in.readFully(body);
          awaitPassable();
          holdAt(toServer ? messages.ofClient(first, type, body) : ofServer(type, body), toServer);
          boolean asksForEncryption = first && Messages.asksForEncryption(body);
          encryptionAsked = encryptionAsked || asksForEncryption;
          out.write(Messages.whole(first, type, body));
          first = first && asksForEncryption;
        }
      } catch (IOException ended) {
        // Both ends are closed now, which is what the others see of it.
        passages.remove(this);
      }
    }

    private String ofServer(int type, byte[] body) throws IOException {
      if (type == 'K') {
        backend = Messages.number(body);
      }
      return type == 'C' ? Messages.text(body, 0) : "";
    }

    private void holdAt(String passing, boolean toServer) {
      Point point = armed.get();
      if (messages.isOfWorker()
          && point.answered() != toServer
          && point.isAt(passing)
          && armed.compareAndSet(point, Point.NONE)) {
        Held here = new Held(this);
        held.add(here);
        here.await();
      }
    }

    void close() {
      try (client;
          server) {
        passages.remove(this);
      } catch (IOException gone) {
        throw new UncheckedIOException(gone);
      }
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
    resume();
    cut();
  }
}
