package dev.freshet.app.cli;

import dev.freshet.app.embedded.EmbeddedServerException;
import dev.freshet.app.wiring.ServiceFailure;
import dev.freshet.catalog.database.DatabaseException;
import dev.freshet.catalog.surface.InstallationException;
import org.jspecify.annotations.Nullable;

/** One line of what is wrong, from a failure. */
final class Complaint {

  private Complaint() {}

  static String about(Throwable failure) {
    @Nullable String text =
        switch (failure) {
          case InstallationException refused -> refused.getMessage() + hint(refused);
          case DatabaseException refused ->
              refused.getMessage() + refused.hint().map(hint -> ". " + hint).orElse("");
          case CommandFailure said -> said.getMessage();
          case EmbeddedServerException said -> said.getMessage();
          case ServiceFailure said -> said.getMessage();
          default -> failure.toString();
        };
    return oneLine(text == null ? failure.getClass().getSimpleName() : text);
  }

  /** The installer's hint, unless it only sends the reader back to the server's message. */
  private static String hint(InstallationException refused) {
    return switch (refused.error()) {
      case DATABASE -> "";
      default -> ". " + refused.hint();
    };
  }

  static String oneLine(String text) {
    return text.strip().replaceAll("\\s*\\R\\s*", "; ");
  }
}
