package dev.freshet.refresh.maintain.random;

/** A column by its name as it is written in SQL. */
record RandomColumn(String name, Kind kind, boolean nullable) {

  String value(Dice dice) {
    return nullable && dice.chance(15) ? "NULL" : kind.literal(dice);
  }
}
