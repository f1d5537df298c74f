package dev.freshet.refresh.sql;

import java.util.List;
import java.util.Set;

/**
 * The functions of pg_catalog that the SQL standard writes in its own way. PostgreSQL remembers
 * that a call was written so and prints it so again.
 */
public final class StandardSyntax {
  private static final Set<String> NORMAL_FORMS = Set.of("NFC", "NFD", "NFKC", "NFKD");
  private static final Set<String> OPERATORS = Set.of("timezone", "overlaps", "is_normalized");

  private StandardSyntax() {}

  /** Whether the call can be printed in this way. */
  public static boolean covers(FunctionCall call) {
    int arguments = call.arguments().size();
    return call.name().size() == 2
        && call.name().getFirst().equals("pg_catalog")
        && call.modifiers().equals(CallModifiers.NONE)
        && switch (call.name().getLast()) {
          case "timezone", "btrim", "ltrim", "rtrim" -> arguments == 1 || arguments == 2;
          case "extract" -> arguments == 2 && call.arguments().getFirst() instanceof Literal.Text;
          case "position", "xmlexists" -> arguments == 2;
          case "is_normalized", "normalize" ->
              arguments == 1 || (arguments == 2 && isNormalForm(call.arguments().getLast()));
          case "pg_collation_for" -> arguments == 1;
          case "overlay" -> arguments == 3 || arguments == 4;
          case "substring" -> arguments == 2 || arguments == 3;
          case "overlaps" -> arguments == 4;
          case "system_user" -> arguments == 0;
          default -> false;
        };
  }

  private static boolean isNormalForm(Expression argument) {
    return argument instanceof Literal.Text(String form) && NORMAL_FORMS.contains(form);
  }

  /** Whether the call is written like an operator and needs parentheses among others. */
  static boolean isOperator(FunctionCall call) {
    return call.syntax() == FunctionCall.Syntax.STANDARD
        && OPERATORS.contains(call.name().getLast());
  }

  static String print(FunctionCall call, ExpressionPrinter printer) {
    if (!covers(call)) {
      throw new IllegalStateException("no standard syntax for " + call);
    }
    List<Expression> arguments = call.arguments();
    List<String> texts = printer.operands(arguments);
    return switch (call.name().getLast()) {
      case "timezone" ->
          texts.size() == 1
              ? texts.getFirst() + " AT LOCAL"
              : texts.getLast() + " AT TIME ZONE " + texts.getFirst();
      case "overlaps" -> "(%s, %s) OVERLAPS (%s, %s)".formatted(texts.toArray());
      case "extract" -> "EXTRACT(" + texts.getFirst() + " FROM " + texts.getLast() + ")";
      case "position" -> "POSITION((" + texts.getLast() + ") IN (" + texts.getFirst() + "))";
      case "xmlexists" -> "XMLEXISTS((" + texts.getFirst() + ") PASSING (" + texts.getLast() + "))";
      case "is_normalized" -> texts.getFirst() + " IS " + form(arguments, "", " ") + "NORMALIZED";
      case "normalize" -> "NORMALIZE(" + texts.getFirst() + form(arguments, ", ", "") + ")";
      case "pg_collation_for" -> "COLLATION FOR (" + texts.getFirst() + ")";
      case "overlay" -> withKeywords("OVERLAY", texts, " PLACING ", " FROM ", " FOR ");
      case "substring" -> withKeywords("SUBSTRING", texts, " FROM ", " FOR ");
      case "btrim" -> trim("BOTH", texts);
      case "ltrim" -> trim("LEADING", texts);
      case "rtrim" -> trim("TRAILING", texts);
      case "system_user" -> "SYSTEM_USER";
      default -> throw new IllegalStateException("covered, but not printed: " + call);
    };
  }

  private static String form(List<Expression> arguments, String before, String after) {
    return arguments.size() == 2 && arguments.getLast() instanceof Literal.Text(String form)
        ? before + form + after
        : "";
  }

  private static String withKeywords(String name, List<String> arguments, String... keywords) {
    StringBuilder text = new StringBuilder(name).append('(').append(arguments.getFirst());
    for (int i = 1; i < arguments.size(); i++) {
      text.append(keywords[i - 1]).append(arguments.get(i));
    }
    return text.append(')').toString();
  }

  private static String trim(String side, List<String> arguments) {
    String characters = arguments.size() == 2 ? " " + arguments.getLast() : "";
    return "TRIM(" + side + characters + " FROM " + arguments.getFirst() + ")";
  }
}
