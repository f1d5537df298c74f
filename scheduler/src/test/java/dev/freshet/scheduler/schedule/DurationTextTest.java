package dev.freshet.scheduler.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          100ms         | PT0.1S
          1500ms        | PT1.5S
          1s            | PT1S
          90m           | PT1H30M
          1h30m         | PT1H30M
          1m5ms         | PT1M0.005S
          2d            | P2D
          2d3h4m5s6ms   | P2DT3H4M5.006S
          366d          | P366D
          007s          | PT7S
          0s            | PT0S
          """)
  void durationsArePartsFromLargeToSmall(String text, String duration) {
    assertThat(DurationText.parse(text)).contains(Duration.parse(duration));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "30",
        "s",
        "ms",
        "s30",
        "5s1m",
        "1s1s",
        "1ms1m",
        "-5s",
        "+5s",
        "1.5s",
        "1 s",
        " 1s",
        "1s ",
        "5 minutes",
        "5S",
        "1w",
        "1y",
        "PT1S",
        "calculated",
        "*/5 * * * *"
      })
  void otherTextIsNoDuration(String text) {
    assertThat(DurationText.parse(text)).isEmpty();
  }
}
