package dev.freshet.app.wiring;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/**
 * Refuses to start where it would listen beyond loopback, since nobody is asked who he is, and says
 * which port is taken.
 *
 * <p>It is asked before anything listens: Quarkus opens its sockets after the startup event.
 */
@ApplicationScoped
class ListeningRule {

  private final Endpoints endpoints;

  ListeningRule(Endpoints endpoints) {
    this.endpoints = endpoints;
  }

  void onStart(@Observes @Priority(StartOrder.RULES) StartupEvent event) {
    requireLoopback("quarkus.http.host", endpoints.httpHost());
    requireLoopback("quarkus.management.host", endpoints.managementHost());
    if (LaunchMode.current() == LaunchMode.NORMAL) {
      requireFree(endpoints.httpHost(), endpoints.httpPort(), "--http-port");
      requireFree(endpoints.managementHost(), endpoints.managementPort(), "--management-port");
    }
  }

  private static void requireLoopback(String property, String host) {
    if (!addressOf(property, host).isLoopbackAddress()) {
      throw refusal(
          "%s is %s, but there is no authentication yet: it listens on 127.0.0.1 only"
              .formatted(property, host));
    }
  }

  private static InetAddress addressOf(String property, String host) {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException unknown) {
      throw refusal("%s is %s, which is not an address of this machine".formatted(property, host));
    }
  }

  private static void requireFree(String host, int port, String option) {
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(host, port));
    } catch (IOException taken) {
      throw refusal("port %d is in use; give another one with %s".formatted(port, option));
    }
  }

  private static StartRefused refusal(String message) {
    return new StartRefused(message);
  }
}
