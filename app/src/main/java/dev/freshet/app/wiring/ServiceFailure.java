package dev.freshet.app.wiring;

import io.smallrye.config.ConfigValidationException;
import java.io.Serial;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The service could not start, or broke; the message says why in one sentence. */
public final class ServiceFailure extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  ServiceFailure(Throwable failure) {
    super(sentence(failure), failure);
  }

  private static String sentence(Throwable failure) {
    return switch (root(failure)) {
      case StartRefused refused -> String.valueOf(refused.getMessage());
      case ConfigValidationException invalid -> "wrong configuration: " + problems(invalid);
      case Throwable other -> "the service failed: " + other;
    };
  }

  private static Throwable root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && !(root instanceof ConfigValidationException)) {
      root = root.getCause();
    }
    return root;
  }

  /** Without the names of classes and the numbers of messages. */
  private static String problems(ConfigValidationException invalid) {
    return IntStream.range(0, invalid.getProblemCount())
        .mapToObj(each -> invalid.getProblem(each).getMessage())
        .map(text -> text.replaceAll("(java\\.[A-Za-z.]+: |SRCFG\\d+: )", ""))
        .collect(Collectors.joining("; "));
  }
}
