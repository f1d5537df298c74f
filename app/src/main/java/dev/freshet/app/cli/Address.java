package dev.freshet.app.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.catalog.database.DatabaseUrl;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The address of a database as people write it, {@code
 * postgres[ql]://[user[:password]@][host][:port][/database][?sslmode=…]}.
 *
 * <p>What is left out is filled in as psql does it: the host is this machine, the port 5432, the
 * user the one who is logged in, the database that of the user's name, the password that of {@code
 * PGPASSWORD}.
 */
final class Address {

  private static final String DEFAULT_HOST = "localhost";
  private static final int DEFAULT_PORT = 5432;
  private static final int PORT_MAX = 65_535;
  private static final String FORM = "write postgresql://user:password@host:port/database";

  private Address() {}

  static DatabaseUrl parse(String text, Map<String, String> environment) {
    String rest = afterScheme(text);
    int question = rest.indexOf('?');
    String query = question < 0 ? "" : rest.substring(question);
    String path = question < 0 ? rest : rest.substring(0, question);
    int slash = path.indexOf('/');
    String database = slash < 0 ? "" : decode(path.substring(slash + 1));
    String authority = slash < 0 ? path : path.substring(0, slash);
    int at = authority.lastIndexOf('@');
    String[] login = (at < 0 ? "" : authority.substring(0, at)).split(":", 2);
    String user = login[0].isEmpty() ? defaultUser(environment) : decode(login[0]);
    String password =
        login.length == 2 ? decode(login[1]) : environment.getOrDefault("PGPASSWORD", "");
    return new DatabaseUrl(
        "postgresql://%s%s@%s/%s%s"
            .formatted(
                encode(user),
                password.isEmpty() ? "" : ":" + encode(password),
                hostAndPort(authority.substring(at + 1)),
                encode(database.isEmpty() ? user : database),
                query));
  }

  private static String afterScheme(String text) {
    for (String scheme : new String[] {"postgresql://", "postgres://"}) {
      if (text.startsWith(scheme)) {
        return text.substring(scheme.length());
      }
    }
    throw new CommandFailure("not the address of a PostgreSQL: " + FORM);
  }

  private static String hostAndPort(String text) {
    if (text.contains(",")) {
      throw new CommandFailure("the address names several hosts; give the one of the primary");
    }
    int bracket = text.indexOf(']');
    int colon = text.indexOf(':', Math.max(bracket, 0));
    String host = colon < 0 ? text : text.substring(0, colon);
    int port = colon < 0 ? DEFAULT_PORT : port(text.substring(colon + 1));
    return (host.isEmpty() ? DEFAULT_HOST : host) + ":" + port;
  }

  private static int port(String text) {
    try {
      int port = Integer.parseInt(text);
      if (port > 0 && port <= PORT_MAX) {
        return port;
      }
    } catch (NumberFormatException notANumber) {
      throw badPort(notANumber);
    }
    throw badPort(null);
  }

  /** Does not quote what was found: with an unescaped '/' in it that is the password. */
  private static CommandFailure badPort(@Nullable NumberFormatException cause) {
    String message =
        "the port in the address is not a number from 1 to 65535: "
            + FORM
            + ", special characters of the password percent-encoded";
    return cause == null ? new CommandFailure(message) : new CommandFailure(message, cause);
  }

  private static String defaultUser(Map<String, String> environment) {
    return environment.getOrDefault("PGUSER", System.getProperty("user.name"));
  }

  private static String decode(String text) {
    try {
      // A plus sign is itself in a URI, other than in a form.
      return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
    } catch (IllegalArgumentException malformed) {
      throw new CommandFailure(
          "the address has a % that is not followed by two hexadecimal digits: write %25 for it",
          malformed);
    }
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }
}
