package dev.freshet.publication.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RisksTest {

  private static Risks of(Risk a, Risk b) {
    return new Risks(Map.of("a", a, "b", b));
  }

  @Test
  void aRiskIsTold() {
    assertThat(of(Risk.GROWING, Risk.NONE).worseThan(Risks.none())).containsExactly("a");
  }

  @Test
  void aRiskIsToldOnce() {
    assertThat(of(Risk.LOSING, Risk.LOST).worseThan(of(Risk.LOSING, Risk.LOST))).isEmpty();
  }

  @Test
  void aRiskThatGotWorseIsToldAgain() {
    assertThat(of(Risk.LOST, Risk.LOSING).worseThan(of(Risk.LOSING, Risk.GROWING)))
        .containsExactly("a", "b");
  }

  @Test
  void aRiskThatIsLessIsNotTold() {
    assertThat(of(Risk.GROWING, Risk.NONE).worseThan(of(Risk.LOSING, Risk.GROWING))).isEmpty();
  }

  @Test
  void aRiskThatCameBackIsTold() {
    assertThat(of(Risk.LOSING, Risk.NONE).worseThan(of(Risk.NONE, Risk.NONE))).containsExactly("a");
  }
}
