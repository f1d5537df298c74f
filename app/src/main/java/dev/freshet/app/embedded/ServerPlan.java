package dev.freshet.app.embedded;

import java.util.List;

/**
 * What a new cluster holds, and who is let in.
 *
 * @param database the one database that can be connected to
 * @param roles who may connect to it, from this machine and without a password
 * @param statements run once, by the superuser, in the database {@code postgres}, a line each
 */
public record ServerPlan(String database, List<String> roles, List<String> statements) {

  public ServerPlan {
    roles = List.copyOf(roles);
    statements = List.copyOf(statements);
  }

  String hostBasedAuthentication() {
    return "host %s %s 127.0.0.1/32 trust%n".formatted(database, String.join(",", roles));
  }
}
