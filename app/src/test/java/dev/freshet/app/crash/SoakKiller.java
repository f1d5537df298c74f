package dev.freshet.app.crash;

import dev.freshet.app.testing.FreshetProcess;
import dev.freshet.app.testing.Network;
import dev.freshet.app.testing.ServingProcess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Two services, each with a network of its own, one of which, or their server, dies at random. */
final class SoakKiller implements AutoCloseable {

  private final CrashServer server;
  private final SplittableRandom random;
  private final List<Network> networks = new ArrayList<>();
  private final List<ServingProcess> services = new ArrayList<>();
  private final CountDownLatch never = new CountDownLatch(1);

  SoakKiller(CrashServer server, SplittableRandom random) throws Exception {
    this.server = server;
    this.random = random;
    for (int i = 0; i < 2; i++) {
      networks.add(new Network(server.port()));
      services.add(serve(networks.get(i)));
    }
  }

  /** With so many deaths three errors in a row are no sign of anything. */
  private static ServingProcess serve(Network network) throws InterruptedException {
    return ServingProcess.start(
        CrashServer.serviceUrl(network.port()), "--set", "freshet.max-consecutive-errors=1000000");
  }

  /** Ways to die. */
  enum Death {
    SOME_BACKENDS,
    ALL_CONNECTIONS,
    NETWORK_STOPS,
    PROCESS_STANDS_STILL,
    PROCESS_IS_KILLED,
    PROCESS_IS_ENDED,
    LEADER_IS_DRAINED,
    SERVER_IS_RESTARTED,
    SERVER_CRASHES
  }

  /** Lets something die, and whatever is needed live again. */
  Death strike() throws Exception {
    Death death = Death.values()[random.nextInt(Death.values().length)];
    int one = random.nextInt(services.size());
    ServingProcess service = services.get(one);
    Network network = networks.get(one);
    switch (death) {
      case SOME_BACKENDS ->
          server.run(
              CrashServer.SUPERUSER,
              "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'freshet%' AND random() < 0.3");
      case ALL_CONNECTIONS -> network.cut();
      case NETWORK_STOPS -> {
        network.stop();
        pause();
        network.resume();
      }
      case PROCESS_STANDS_STILL -> {
        service.process().signal("STOP");
        pause();
        service.process().signal("CONT");
      }
      case PROCESS_IS_KILLED -> {
        service.process().kill();
        service.close();
        services.set(one, serve(network));
      }
      case PROCESS_IS_ENDED -> {
        service.close();
        services.set(one, serve(network));
      }
      case LEADER_IS_DRAINED ->
          FreshetProcess.run("drain", "--url", CrashServer.serviceUrl(server.port()));
      case SERVER_IS_RESTARTED -> server.restart();
      case SERVER_CRASHES -> server.crash();
    }
    return death;
  }

  /** From one to eight seconds: before or after a successor takes over. */
  void pause() throws InterruptedException {
    if (never.await(1000 + random.nextInt(7000), TimeUnit.MILLISECONDS)) {
      throw new AssertionError("never");
    }
  }

  @Override
  public void close() throws IOException {
    for (ServingProcess service : services) {
      service.close();
    }
    for (Network network : networks) {
      network.close();
    }
  }
}
