package dev.freshet.app.testing;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code freshet serve}, up and listening on ports that were free. */
public final class ServingProcess implements AutoCloseable {

  private static final Pattern ADDRESSES =
      Pattern.compile("page (\\S+)/, GraphQL (\\S+), health and metrics (\\S+)/q");

  private final FreshetProcess process;
  private final String page;
  private final String graphql;
  private final String management;

  private ServingProcess(FreshetProcess process, Matcher addresses) {
    this.process = process;
    this.page = addresses.group(1);
    this.graphql = addresses.group(2);
    this.management = addresses.group(3);
  }

  public static ServingProcess start(String url, String... more) throws InterruptedException {
    List<String> arguments =
        new ArrayList<>(
            List.of("serve", "--url", url, "--http-port", "0", "--management-port", "0"));
    arguments.addAll(List.of(more));
    FreshetProcess process = FreshetProcess.start(arguments.toArray(String[]::new));
    try {
      Matcher addresses = ADDRESSES.matcher(process.awaitLog("health and metrics"));
      if (!addresses.find()) {
        throw new AssertionError("the log does not tell the addresses");
      }
      return new ServingProcess(process, addresses);
    } catch (InterruptedException | AssertionError failed) {
      process.close();
      throw failed;
    }
  }

  public FreshetProcess process() {
    return process;
  }

  /** A path of the page's port. */
  public String page(String path) {
    return page + path;
  }

  public String graphql() {
    return graphql;
  }

  /** A path of the management port. */
  public String management(String path) {
    return management + path;
  }

  /** The whole answer to a query or mutation. */
  public JsonObject ask(String query) throws InterruptedException {
    Answer answer =
        Answer.to(
            HttpRequest.newBuilder(URI.create(graphql))
                .header("Content-Type", "application/json")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        new JsonObject().put("query", query).encode()))
                .build());
    return new JsonObject(answer.body());
  }

  /** The data of an answer without errors, by the name of the one thing that was asked. */
  public JsonObject data(String query, String name) throws InterruptedException {
    JsonObject answer = ask(query);
    if (answer.containsKey("errors")) {
      throw new AssertionError(query + " is answered by " + answer.encodePrettily());
    }
    return answer.getJsonObject("data").getJsonObject(name);
  }

  /** Message and extensions of the one error of an answer. */
  public JsonObject error(String query) throws InterruptedException {
    JsonObject answer = ask(query);
    if (!answer.containsKey("errors") || answer.getJsonArray("errors").size() != 1) {
      throw new AssertionError(query + " is answered by " + answer.encodePrettily());
    }
    JsonObject error = answer.getJsonArray("errors").getJsonObject(0);
    JsonObject said =
        error.getJsonObject("extensions").copy().put("message", error.getString("message"));
    said.remove("classification");
    return said;
  }

  @Override
  public void close() {
    process.close();
  }
}
