package dev.freshet.refresh.maintain.random;

/** The types of random columns, each with the values that are likely to hurt. */
enum Kind {
  INTEGER("int4"),
  BIG("int8"),
  DECIMAL("numeric(10,2)"),
  NUMBER("numeric"),
  FLOAT("float8"),
  TEXT("text"),
  DATE("date"),
  BOOLEAN("bool");

  private final String type;

  Kind(String type) {
    this.type = type;
  }

  String type() {
    return type;
  }

  /** Whether equal values may look different: which of them a group shows is not decided. */
  boolean isCoarse() {
    return this == NUMBER || this == FLOAT;
  }

  boolean isNumber() {
    return switch (this) {
      case INTEGER, BIG, DECIMAL, NUMBER, FLOAT -> true;
      case TEXT, DATE, BOOLEAN -> false;
    };
  }

  /**
   * A constant. Floats are multiples of a quarter, so that their sums do not depend on an order.
   */
  String literal(Dice dice) {
    return switch (this) {
      case INTEGER -> String.valueOf(dice.between(-2, 6));
      case BIG ->
          "'%d'::int8".formatted(dice.between(-2, 6) * (dice.chance(20) ? 5_000_000_000L : 1));
      case DECIMAL ->
          dice.chance(4)
              ? "'NaN'::numeric(10,2)"
              : "%d.%s".formatted(dice.between(-3, 9), cents(dice));
      case NUMBER ->
          "'%s'::numeric"
              .formatted(
                  dice.oneOf("0", "1", "1.0", "1.00", "2.5", "2.50", "-1", "1000.001", "NaN"));
      case FLOAT ->
          "'%s'::float8"
              .formatted(dice.oneOf("0", "-0", "1", "0.25", "2.5", "-3.75", "1000", "NaN"));
      case TEXT -> dice.oneOf("''", "'a'", "'b'", "'B'", "'a '", "'it''s'", "'żółw'", "'NULL'");
      case DATE ->
          dice.chance(4)
              ? "'infinity'::date"
              : "'2024-02-%02d'::date".formatted(dice.between(26, 29));
      case BOOLEAN -> dice.oneOf("true", "false");
    };
  }

  private static String cents(Dice dice) {
    return dice.oneOf("00", "25", "50", "75");
  }
}
