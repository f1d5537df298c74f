package dev.freshet.app.command;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call of one of our SQL functions in named notation, so that what is not given has its default.
 * Names are ours; values travel as parameters.
 */
public final class SqlCall {

  private final String function;
  private final List<String> arguments = new ArrayList<>();
  private final List<Object> values = new ArrayList<>();

  public SqlCall(String function) {
    this.function = function;
  }

  public SqlCall with(String parameter, @Nullable Object value) {
    if (value != null) {
      values.add(value instanceof Enum<?> constant ? constant.name() : value);
      arguments.add(parameter + " => $" + values.size());
    }
    return this;
  }

  /** A value that PostgreSQL reads as an interval. */
  public SqlCall withInterval(String parameter, @Nullable String value) {
    if (value != null) {
      values.add(value);
      arguments.add(parameter + " => $" + values.size() + "::text::interval");
    }
    return this;
  }

  public SqlCall withNull(String parameter) {
    arguments.add(parameter + " => NULL");
    return this;
  }

  public String text() {
    return "freshet.%s(%s)".formatted(function, String.join(", ", arguments));
  }

  public List<Object> values() {
    return List.copyOf(values);
  }
}
