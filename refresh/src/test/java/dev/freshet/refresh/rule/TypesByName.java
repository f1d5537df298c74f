package dev.freshet.refresh.rule;

import dev.freshet.refresh.algebra.ColumnType;
import dev.freshet.refresh.sql.Expression;
import dev.freshet.refresh.sql.Literal;
import dev.freshet.refresh.sql.TypeName;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Types by how a test writes them: {@code int4}, {@code text[]}, {@code numeric(10,2)}, {@code text
 * ci} for a text whose collation calls different strings equal.
 */
final class TypesByName {

  private static final Pattern WRITTEN =
      Pattern.compile("([a-z0-9_.]+)(?:\\((\\d+),(-?\\d+)\\))?(\\[\\])?( ci)?");

  /** Types that are not base types of PostgreSQL's own, by {@code pg_type.typtype}. */
  private static final Map<String, Character> KINDS =
      Map.of("shop.mood", 'e', "shop.address", 'c', "int4range", 'r');

  private static final int HEADER = 4;

  private TypesByName() {}

  static ColumnType of(String written) {
    Matcher parts = WRITTEN.matcher(written);
    if (!parts.matches()) {
      throw new IllegalArgumentException("not a type: " + written);
    }
    int modifier =
        parts.group(2) == null
            ? -1
            : numericModifier(Integer.parseInt(parts.group(2)), Integer.parseInt(parts.group(3)));
    return parts.group(4) == null
        ? type(parts.group(1), modifier, parts.group(5) == null)
        : arrayOf(parts.group(1));
  }

  private static ColumnType type(String path, int modifier, boolean deterministic) {
    int dot = path.indexOf('.');
    String schema = dot < 0 ? "pg_catalog" : path.substring(0, dot);
    String name = path.substring(dot + 1);
    char kind = KINDS.getOrDefault(path, 'b');
    return new ColumnType(schema, name, name, kind, modifier, "", deterministic);
  }

  static ColumnType arrayOf(String element) {
    String name = "_" + element;
    return new ColumnType("pg_catalog", name, name, 'b', -1, element, true);
  }

  /** The type that a cast names. */
  static ColumnType of(TypeName name) {
    String last = name.path().getLast();
    if (name.dimensions() > 0) {
      return arrayOf(last);
    }
    boolean builtIn = name.path().size() == 1 || name.path().getFirst().equals("pg_catalog");
    return type(builtIn ? last : String.join(".", name.path()), modifierOf(name), true);
  }

  private static int modifierOf(TypeName name) {
    List<Expression> modifiers = name.modifiers();
    return modifiers.size() == 2
            && modifiers.getFirst() instanceof Literal.Numeric precision
            && modifiers.getLast() instanceof Literal.Numeric scale
        ? numericModifier(Integer.parseInt(precision.text()), Integer.parseInt(scale.text()))
        : -1;
  }

  /** As make_numeric_typmod of PostgreSQL's numeric.c. */
  static int numericModifier(int precision, int scale) {
    return ((precision << 16) | (scale & 0x7ff)) + HEADER;
  }
}
