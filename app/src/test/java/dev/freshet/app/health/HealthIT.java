package dev.freshet.app.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.app.testing.Answer;
import dev.freshet.app.testing.ServingProcess;
import dev.freshet.app.testing.SharedService;
import dev.freshet.catalog.surface.FreshetVersion;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(SharedService.class)
class HealthIT {

  private final ServingProcess service;

  HealthIT(ServingProcess service) {
    this.service = service;
  }

  @ParameterizedTest
  @CsvSource({
    "/q/health/live, scheduler",
    "/q/health/ready, log",
    "/q/health/started, scheduler",
    "/q/health, database"
  })
  void allIsWell(String path, String check) throws InterruptedException {
    Answer answer = Answer.get(service.management(path));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(new JsonObject(answer.body()).getString("status")).isEqualTo("UP");
    assertThat(check(answer, check).getString("status")).isEqualTo("UP");
  }

  @Test
  void readyTellsWhatIsServedAndByWhichVersion() throws InterruptedException {
    assertThat(check(Answer.get(service.management("/q/health/ready")), "database"))
        .isEqualTo(
            new JsonObject()
                .put("name", "database")
                .put("status", "UP")
                .put(
                    "data",
                    new JsonObject()
                        .put("served", true)
                        .put("schemaVersion", FreshetVersion.current())
                        .put("serviceVersion", FreshetVersion.current())));
  }

  @ParameterizedTest
  @CsvSource({"/q/health", "/q/metrics"})
  void itIsOnTheManagementPortOnly(String path) throws InterruptedException {
    assertThat(Answer.get(service.page(path)).status()).isEqualTo(404);
  }

  private static JsonObject check(Answer answer, String name) {
    return new JsonObject(answer.body())
        .getJsonArray("checks").stream()
            .map(JsonObject.class::cast)
            .filter(check -> check.getString("name").equals(name))
            .findFirst()
            .orElseThrow(() -> new AssertionError("no %s in %s".formatted(name, answer.body())));
  }
}
