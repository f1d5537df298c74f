package dev.freshet.refresh.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryDeciderTest {

  @ParameterizedTest
  @CsvSource({
    "0, 1",
    "1, 2",
    "2, 4",
    "3, 8",
    "4, 16",
    "5, 32",
    "6, 64",
    "7, 128",
    "8, 256",
    "9, 300",
    "10, 300",
    "11, 300",
    "62, 300",
    "63, 300",
    "64, 300",
    "2147483646, 300"
  })
  void theBackOffDoublesUpToFiveMinutes(int errors, long seconds) {
    assertThat(new RetryDecider(Integer.MAX_VALUE).decide(errors).after())
        .isEqualTo(Duration.ofSeconds(seconds));
  }

  @Test
  void soManyErrorsInARowSuspend() {
    RetryDecider decider = new RetryDecider(3);

    assertThat(decider.decide(0)).isEqualTo(retry(1, false));
    assertThat(decider.decide(1)).isEqualTo(retry(2, false));
    assertThat(decider.decide(2)).isEqualTo(retry(4, true));
    assertThat(decider.decide(3)).isEqualTo(retry(8, true));
  }

  @Test
  void theFirstErrorSuspendsWhereOneIsTooMany() {
    assertThat(new RetryDecider(1).decide(0)).isEqualTo(retry(1, true));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 9, 1_000_000})
  void errorsWithoutALimitNeverSuspend(int errors) {
    assertThat(new RetryDecider(Integer.MAX_VALUE).decide(errors).suspend()).isFalse();
  }

  private static RetryDecider.Retry retry(long seconds, boolean suspend) {
    return new RetryDecider.Retry(Duration.ofSeconds(seconds), suspend);
  }
}
