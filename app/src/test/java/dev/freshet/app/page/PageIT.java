package dev.freshet.app.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.app.testing.Answer;
import dev.freshet.app.testing.ServingProcess;
import dev.freshet.app.testing.SharedService;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SharedService.class)
class PageIT {

  private static final Pattern ASSET =
      Pattern.compile("<(?:link|script)[^>]* (?:href|src)=\"([^\"]+)\"");

  private final ServingProcess service;

  PageIT(ServingProcess service) {
    this.service = service;
  }

  @Test
  void itIsServedWithAllThatItLoads() throws InterruptedException {
    Answer page = Answer.get(service.page("/"));
    List<String> assets =
        ASSET.matcher(page.body()).results().map((MatchResult found) -> found.group(1)).toList();

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.header("Content-Type")).startsWith("text/html");
    assertThat(page.body()).contains("<title>Freshet</title>");
    assertThat(assets).containsExactly("freshet.svg", "freshet.css", "freshet.js");
    for (String asset : assets) {
      Answer answer = Answer.get(service.page("/" + asset));
      assertThat(answer.status()).as(asset).isEqualTo(200);
      assertThat(answer.body()).as(asset).isNotBlank();
      assertThat(answer.header("Content-Type")).as(asset).matches(".*(svg|css|javascript).*");
      assertSafe(answer);
    }
    assertSafe(page);
  }

  @Test
  void whereItLeadsIsThere() throws InterruptedException {
    assertThat(Answer.get(service.page("/q/graphql-ui/")).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/graphql/schema.graphql", "/q/graphql-ui/"})
  void pagesOfOtherSitesGetNothing(String path) throws InterruptedException {
    Answer answer =
        Answer.to(
            HttpRequest.newBuilder(URI.create(service.page(path)))
                .header("Origin", "http://elsewhere.example")
                .build());

    assertThat(answer.status()).isEqualTo(403);
  }

  private static void assertSafe(Answer answer) {
    assertThat(answer.header("Content-Security-Policy")).startsWith("default-src 'self'");
    assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
  }
}
