package dev.freshet.scheduler.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronFieldTest {

  private static final List<String> WEEKDAYS =
      List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat");
  private static final List<String> NONE = List.of();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          7            | 7
          07           | 7
          0,59         | 0 59
          8-11         | 8 9 10 11
          8-8          | 8
          8-11/2       | 8 10
          10-50/15     | 10 25 40
          */20         | 0 20 40
          */59         | 0 59
          */60         | 0
          5,3,5,4-6    | 3 4 5 6
          */30,1-2,9   | 0 1 2 9 30
          """)
  void numbers(String text, String values) {
    assertThat(valuesOf(CronField.parse(text, 0, 59, NONE))).isEqualTo(values);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          sun          | 0
          sat          | 6
          mon-fri      | 1 2 3 4 5
          mon-fri/2    | 1 3 5
          mon,wed,5    | 1 3 5
          tue-4        | 2 3 4
          """)
  void names(String text, String values) {
    assertThat(valuesOf(CronField.parse(text, 0, 7, WEEKDAYS))).isEqualTo(values);
  }

  @Test
  void stepsOfAStarBeginAtTheLowest() {
    assertThat(valuesOf(CronField.parse("*/10", 1, 31, NONE))).isEqualTo("1 11 21 31");
  }

  @Test
  void onlyAStarInFrontLeavesADayOpen() {
    assertThat(
            IntStream.range(0, 4)
                .mapToObj(List.of("*", "*/2", "*,5", "5,*")::get)
                .map(text -> CronField.parse(text, 1, 31, NONE).starred()))
        .containsExactly(true, true, true, false);
    assertThat(CronField.parse("1-31", 1, 31, NONE).starred()).isFalse();
  }

  @Test
  void anAliasMovesToItsValue() {
    assertThat(valuesOf(CronField.parse("5-7", 0, 7, WEEKDAYS).withAlias(7, 0))).isEqualTo("0 5 6");
    assertThat(valuesOf(CronField.parse("1-5", 0, 7, WEEKDAYS).withAlias(7, 0)))
        .isEqualTo("1 2 3 4 5");
    assertThat(CronField.parse("*", 0, 7, WEEKDAYS).withAlias(7, 0))
        .isEqualTo(new CronField(0b111_1111, true));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "60", "-1", "100", "20-10", "1-", "-", "1-2-3", "1,", ",1", "1,,2", "*/0", "*/",
        "*/100", "**", "*5", "*-5", "1.5", "+1", " 1", "mon", "?", "L", "5/10", "5/1", "8-11/0",
        "8-60"
      })
  void whatIsNoFieldIsRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CronField.parse(text, 0, 59, NONE))
        .withMessage("not a field of a cron expression: " + text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"8", "monday", "mo", "jan", "sat-sun", "fri-mon", "MON"})
  void whatIsNoWeekdayIsRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CronField.parse(text, 0, 7, WEEKDAYS))
        .withMessage("not a field of a cron expression: " + text);
  }

  private static String valuesOf(CronField field) {
    return IntStream.range(0, Long.SIZE)
        .filter(field::has)
        .mapToObj(String::valueOf)
        .collect(Collectors.joining(" "));
  }
}
