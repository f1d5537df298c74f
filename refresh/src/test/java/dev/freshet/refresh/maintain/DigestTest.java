package dev.freshet.refresh.maintain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DigestTest {

  /** The first 12 bytes of what {@code sha256sum} says of the same text. */
  @Test
  void theNameOfATextNeverChanges() {
    assertThat(Digest.of("")).isEqualTo("e3b0c44298fc1c149afbf4c8");
    assertThat(Digest.of("SELECT 1")).isEqualTo("e004ebd5b5532a4b85984a62");
    assertThat(Digest.of("größe")).isEqualTo("d353a2671b67afff0941ae45");
  }

  /** The two texts have the same {@link String#hashCode()}. */
  @Test
  void textsThatHashAlikeHaveDifferentNames() {
    assertThat("Aa".hashCode()).isEqualTo("BB".hashCode());
    assertThat(Digest.of("Aa")).isNotEqualTo(Digest.of("BB"));
  }

  @Test
  void aStageOfAnyNumberFitsIntoAName() {
    String stage = "s%d_%s_d".formatted(Long.MAX_VALUE, Digest.of("SELECT 1"));

    assertThat(stage).hasSizeLessThan(64);
  }
}
