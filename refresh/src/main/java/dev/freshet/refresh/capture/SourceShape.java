package dev.freshet.refresh.capture;

import static java.util.Objects.requireNonNull;

/**
 * What a consumer relies on besides a source's rows.
 *
 * @param definition fingerprint of the columns used, keys, NOT NULLs, generation expressions,
 *     partition and inheritance tree and row-level security flags
 * @param capture the capture's continuity: another one means that changes may have passed by
 *     unseen; {@code none} without capture, {@code broken} if somebody touched our triggers
 */
public record SourceShape(String definition, String capture) {

  public SourceShape {
    requireNonNull(definition);
    requireNonNull(capture);
  }

  /** Reads what {@link #text} wrote. */
  public static SourceShape parse(String text) {
    int space = text.indexOf(' ');
    if (space < 0) {
      throw new IllegalArgumentException("not a source's shape: " + text);
    }
    return new SourceShape(text.substring(0, space), text.substring(space + 1));
  }

  /** Its form in {@code freshet.dependency.shape}. */
  public String text() {
    return definition + " " + capture;
  }

  /**
   * Whether {@link CaptureInstaller#ensure} must run before this source can be read by differences.
   */
  public boolean broken() {
    return capture.startsWith("broken") || capture.startsWith("none");
  }

  /**
   * Whether a crash of the server leaves the source's rows as they were: it empties unlogged
   * tables.
   */
  public boolean survivesCrash() {
    return capture.indexOf(' ') < 0;
  }

  /** How a shape seen now differs from this one. */
  public ShapeChange changeTo(SourceShape now) {
    if (!definition.equals(now.definition)) {
      return ShapeChange.DEFINITION_CHANGED;
    }
    return capture.equals(now.capture) ? ShapeChange.NONE : ShapeChange.CAPTURE_CHANGED;
  }
}
