package dev.freshet.refresh.delta;

import dev.freshet.refresh.sql.Expression;
import dev.freshet.refresh.sql.Expressions;
import dev.freshet.refresh.sql.FunctionCall;
import dev.freshet.refresh.sql.Sql;
import dev.freshet.refresh.sql.TypeName;
import dev.freshet.refresh.sql.ValueFunction;
import java.util.List;
import java.util.Set;

/**
 * The time of the transaction as a query asks for it: {@code now()}, {@code CURRENT_DATE} and their
 * kin, which are one time throughout a refresh.
 *
 * <p>{@code statement_timestamp()} is not among them: it is another one in every statement.
 */
public final class Clock {

  private static final Set<String> FUNCTIONS = Set.of("now", "transaction_timestamp");

  private Clock() {}

  /** Whether an expression depends on the time; queries in it are not looked at. */
  public static boolean isIn(Expression expression) {
    return Expressions.contains(expression, Clock::isRead);
  }

  /** Whether the expression itself asks for the time. */
  public static boolean isRead(Expression expression) {
    return switch (expression) {
      case ValueFunction function ->
          switch (function.kind()) {
            case CURRENT_DATE, CURRENT_TIME, CURRENT_TIMESTAMP, LOCALTIME, LOCALTIMESTAMP -> true;
            case CURRENT_ROLE, CURRENT_USER, USER, SESSION_USER, CURRENT_CATALOG, CURRENT_SCHEMA ->
                false;
          };
      case FunctionCall call -> isCall(call);
      default -> false;
    };
  }

  /** Whether a function of PostgreSQL's asks for the time, called with so many arguments. */
  public static boolean isFunction(String name, int arguments) {
    return FUNCTIONS.contains(name) || isAge(name, arguments);
  }

  /** {@code age(x)}, which is {@code age(CURRENT_DATE, x)}. */
  private static boolean isAge(String name, int arguments) {
    return name.equals("age") && arguments == 1;
  }

  private static boolean isCall(FunctionCall call) {
    return call.name().size() == 1 && isFunction(call.name().getFirst(), call.arguments().size());
  }

  /**
   * What an expression says at another time.
   *
   * @param time a {@code timestamptz}
   */
  public static Expression at(Expression time, Expression expression) {
    return Expressions.rewrite(
        expression,
        part ->
            switch (part) {
              case ValueFunction function when isRead(function) -> cast(time, function);
              case FunctionCall call when isCall(call) ->
                  call.arguments().isEmpty()
                      ? time
                      : Sql.call("age", Sql.cast(time, "date"), call.arguments().getFirst());
              default -> part;
            });
  }

  private static Expression cast(Expression time, ValueFunction function) {
    String type =
        switch (function.kind()) {
          case CURRENT_DATE -> "date";
          case CURRENT_TIME -> "timetz";
          case CURRENT_TIMESTAMP -> "timestamptz";
          case LOCALTIME -> "time";
          case LOCALTIMESTAMP -> "timestamp";
          default -> throw new IllegalArgumentException("not a time: " + function.kind());
        };
    TypeName name = TypeName.builtIn(type);
    return function.precision().isEmpty()
        ? Sql.cast(time, name)
        : Sql.cast(
            time,
            new TypeName(
                name.path(),
                List.of(Sql.integer(function.precision().getAsInt())),
                name.dimensions()));
  }
}
