package dev.freshet.app.wiring;

import io.smallrye.config.SmallRyeConfig;
import jakarta.inject.Singleton;

/** Where the service listens, as configured. */
@Singleton
public final class Endpoints {

  private final SmallRyeConfig configuration;

  Endpoints(SmallRyeConfig configuration) {
    this.configuration = configuration;
  }

  String httpHost() {
    return configuration.getValue("quarkus.http.host", String.class);
  }

  String managementHost() {
    return configuration.getValue("quarkus.management.host", String.class);
  }

  int httpPort() {
    return configuration.getValue("quarkus.http.port", Integer.class);
  }

  int managementPort() {
    return configuration.getValue("quarkus.management.port", Integer.class);
  }

  public String page() {
    return url(httpHost(), httpPort(), "/");
  }

  public String graphql() {
    return url(httpHost(), httpPort(), "/graphql");
  }

  public String management() {
    return url(managementHost(), managementPort(), "/q");
  }

  private static String url(String host, int port, String path) {
    return "http://%s:%d%s".formatted(host.contains(":") ? "[" + host + "]" : host, port, path);
  }
}
