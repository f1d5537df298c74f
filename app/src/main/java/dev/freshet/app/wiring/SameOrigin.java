package dev.freshet.app.wiring;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Answers only who meant this server, since nobody is asked who he is.
 *
 * <p>A page of another site, open in a browser on this machine, can send requests here: its origin
 * is not ours. Or its own name is made to lead here: then the host is not ours.
 */
@ApplicationScoped
class SameOrigin {

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");
  private static final int EARLY = 1000;
  private static final int FORBIDDEN = 403;

  void register(@Observes Filters filters) {
    filters.register(SameOrigin::check, EARLY);
  }

  private static void check(RoutingContext context) {
    HttpServerRequest request = context.request();
    if (isLoopback(request) && isOwnOrigin(request.getHeader("Origin"))) {
      context.next();
    } else {
      context.response().setStatusCode(FORBIDDEN).end("This address answers to localhost only.\n");
    }
  }

  private static boolean isLoopback(HttpServerRequest request) {
    return request.authority() != null && LOOPBACK.contains(request.authority().host());
  }

  private static boolean isOwnOrigin(@Nullable String origin) {
    if (origin == null) {
      return true;
    }
    try {
      String host = URI.create(origin).getHost();
      return host != null && LOOPBACK.contains(host);
    } catch (IllegalArgumentException malformed) {
      return false;
    }
  }
}
