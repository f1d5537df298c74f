package dev.freshet.refresh.algebra;

import static java.util.Objects.requireNonNull;

import dev.freshet.refresh.sql.Position;

/**
 * A part of a query has no delta rule. Ends the compilation, whose result it becomes: the stream
 * table is maintained by FULL, with this reason.
 */
public final class NotDifferentiable extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String code;
  private final transient Position position;

  /**
   * @param code stable, for programs: {@code window_function}
   * @param sentence for people: what was found and what to write instead, if anything
   */
  public NotDifferentiable(String code, String sentence, Position position) {
    super(requireNonNull(sentence), null, false, false);
    this.code = requireNonNull(code);
    this.position = requireNonNull(position);
  }

  public String code() {
    return code;
  }

  public Position position() {
    return position;
  }
}
