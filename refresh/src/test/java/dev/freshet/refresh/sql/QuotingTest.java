package dev.freshet.refresh.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class QuotingTest {
  @Test
  void plainNamesStayPlain() {
    assertThat(Quoting.identifier("orders")).isEqualTo("orders");
    assertThat(Quoting.identifier("_a1$")).isEqualTo("_a1$");
    assertThat(Quoting.identifier("name")).isEqualTo("name");
  }

  @Test
  void otherNamesAreQuoted() {
    assertThat(Quoting.identifier("Orders")).isEqualTo("\"Orders\"");
    assertThat(Quoting.identifier("select")).isEqualTo("\"select\"");
    assertThat(Quoting.identifier("left")).isEqualTo("\"left\"");
    assertThat(Quoting.identifier("dot.ted")).isEqualTo("\"dot.ted\"");
    assertThat(Quoting.identifier("quo\"te")).isEqualTo("\"quo\"\"te\"");
    assertThat(Quoting.identifier("größe")).isEqualTo("\"größe\"");
    assertThat(Quoting.identifier("1a")).isEqualTo("\"1a\"");
    assertThat(Quoting.identifier("two words")).isEqualTo("\"two words\"");
  }

  @Test
  void lineBreaksAreEscaped() {
    assertThat(Quoting.identifier("new\n\"li\\ne\"")).isEqualTo("U&\"new\\000A\"\"li\\\\ne\"\"\"");
    assertThat(Quoting.literal("it's\n\\new\t")).isEqualTo("E'it''s\\n\\\\new\\u0009'");
  }

  @Test
  void stringsKeepWhatNeedsNoEscape() {
    assertThat(Quoting.literal("it's C:\\temp ü")).isEqualTo("'it''s C:\\temp ü'");
  }

  @Test
  void impossibleNamesAreRefused() {
    assertThat(Quoting.identifier("x".repeat(63))).hasSize(63);
    assertThatIllegalArgumentException().isThrownBy(() -> Quoting.identifier("x".repeat(64)));
    assertThatIllegalArgumentException().isThrownBy(() -> Quoting.identifier("ä".repeat(32)));
    assertThatIllegalArgumentException().isThrownBy(() -> Quoting.identifier(""));
    assertThatIllegalArgumentException().isThrownBy(() -> Quoting.identifier("a\0"));
    assertThatIllegalArgumentException().isThrownBy(() -> Quoting.literal("a\0"));
  }
}
