package dev.freshet.app.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** What an address answered over HTTP. */
public record Answer(int status, String body, HttpResponse<String> response) {

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  public static Answer get(String url) throws InterruptedException {
    return to(HttpRequest.newBuilder(URI.create(url)).build());
  }

  public static Answer to(HttpRequest request) throws InterruptedException {
    try {
      HttpResponse<String> response = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.body(), response);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  public String header(String name) {
    return response.headers().firstValue(name).orElse("");
  }
}
