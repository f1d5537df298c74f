package dev.freshet.app.demo;

import dev.freshet.app.embedded.EmbeddedServer;
import dev.freshet.app.embedded.ServerPlan;
import dev.freshet.catalog.database.DatabaseUrl;
import java.util.List;

/**
 * The demo's database: the role {@code shop} owns it and is who people connect as; the service is
 * the role {@code freshet}, a member of it, with what the documentation asks for and no more.
 */
public final class DemoDatabase {

  public static final ServerPlan PLAN =
      new ServerPlan(
          "shop",
          List.of("shop", "freshet"),
          List.of(
              "CREATE ROLE shop LOGIN",
              "CREATE ROLE freshet LOGIN",
              "GRANT shop TO freshet",
              "CREATE DATABASE shop OWNER shop",
              "GRANT CREATE ON DATABASE shop TO freshet"));

  private DemoDatabase() {}

  /** As people connect to it. */
  public static DatabaseUrl ofPeople(int port) {
    return url("shop", port);
  }

  /** As the service connects to it. */
  public static DatabaseUrl ofService(int port) {
    return url("freshet", port);
  }

  private static DatabaseUrl url(String role, int port) {
    return new DatabaseUrl("postgresql://%s@%s:%d/shop".formatted(role, EmbeddedServer.HOST, port));
  }
}
