package dev.freshet.refresh.algebra;

import static java.util.Objects.requireNonNull;

import dev.freshet.refresh.sql.TypeName;
import java.util.List;
import java.util.Set;

/**
 * The type of a column, and what its equality is worth.
 *
 * @param schema of the type as declared
 * @param name of the type as declared, as in {@code pg_type.typname}
 * @param base the base type's name where the type is a domain, else the same as {@code name}
 * @param kind {@code pg_type.typtype} of the base type: b, c, d, e, m, p or r
 * @param modifier {@code atttypmod}; −1 without one
 * @param element the base type's name of an array's elements, {@code record} for composites; empty
 *     if it is no array
 * @param deterministic false where the collation calls different strings equal
 */
public record ColumnType(
    String schema,
    String name,
    String base,
    char kind,
    int modifier,
    String element,
    boolean deterministic) {

  private static final int NUMERIC_PRECISION_MAX = 1000;

  private static final Set<String> EXACT =
      Set.of(
          "bool",
          "int2",
          "int4",
          "int8",
          "oid",
          "text",
          "varchar",
          "name",
          "char",
          "bytea",
          "uuid",
          "date",
          "time",
          "timestamp",
          "timestamptz",
          "inet",
          "cidr",
          "macaddr",
          "macaddr8",
          "pg_lsn",
          "xid8");

  private static final Set<String> COARSE_BUT_HASHABLE =
      Set.of("numeric", "float4", "float8", "interval", "jsonb", "bpchar", "timetz");

  private static final Set<String> WITHOUT_EQUALITY =
      Set.of(
          "json",
          "xml",
          "point",
          "lseg",
          "path",
          "box",
          "polygon",
          "line",
          "circle",
          "pg_snapshot",
          "txid_snapshot",
          "jsonpath",
          "xid",
          "cid",
          "aclitem",
          "refcursor",
          "record");

  private static final Set<String> HASHABLE_AS_TEXT = Set.of("json", "xml", "point");

  private static final Set<String> INTEGERS = Set.of("int2", "int4", "int8");

  public ColumnType {
    requireNonNull(schema);
    requireNonNull(name);
    requireNonNull(base);
    requireNonNull(element);
  }

  /** How the type is written in a cast; without its modifier, since such a cast changes nothing. */
  public TypeName typeName() {
    return new TypeName(List.of(schema, name), List.of(), 0);
  }

  /** A numeric whose values all have so many digits after the point. */
  public static ColumnType numericOfScale(int scale) {
    int modifier = ((NUMERIC_PRECISION_MAX << 16) | scale) + 4;
    return new ColumnType("pg_catalog", "numeric", "numeric", 'b', modifier, "", true);
  }

  /**
   * Whether equal values are the same bytes: only then may a value be recognised by equality alone.
   * {@code 1.0} and {@code 1.00}, 0 and −0, {@code '1 day'} and {@code '24 hours'} are equal and
   * yet not the same.
   */
  public boolean isExact() {
    if (kind == 'e') {
      return true;
    }
    return deterministic && (EXACT.contains(base) || (base.equals("numeric") && hasScale()));
  }

  /**
   * Whether the type surely has an equality, so that it can be grouped by; a composite has one only
   * if all its fields do, which is not looked into.
   */
  public boolean hasEquality() {
    return !isComposite()
        && !WITHOUT_EQUALITY.contains(base)
        && !WITHOUT_EQUALITY.contains(element);
  }

  /** Whether {@code =} between two values is an operator of PostgreSQL's own. */
  public boolean hasBuiltInEquality() {
    return kind != 'b'
        || !element.isEmpty()
        || schema.equals("pg_catalog")
        || EXACT.contains(base)
        || COARSE_BUT_HASHABLE.contains(base);
  }

  /** Whether {@code hash_record_extended} can hash a value of the type. */
  public boolean isHashable() {
    return kind == 'e'
        || EXACT.contains(base)
        || COARSE_BUT_HASHABLE.contains(base)
        || EXACT.contains(element)
        || COARSE_BUT_HASHABLE.contains(element);
  }

  /** Whether the text of a value is a function of it alone, so that an index may hold its hash. */
  public boolean isHashableAsText() {
    return HASHABLE_AS_TEXT.contains(base);
  }

  /** Whether it is the same type, whatever the modifier and the collation. */
  public boolean isSameTypeAs(ColumnType other) {
    return schema.equals(other.schema) && name.equals(other.name);
  }

  public boolean isComposite() {
    return kind == 'c' || base.equals("record");
  }

  public boolean isInteger() {
    return INTEGERS.contains(base);
  }

  public boolean isNumeric() {
    return base.equals("numeric");
  }

  public boolean isMoney() {
    return base.equals("money");
  }

  /**
   * Whether a numeric has a declared scale, so that all its values have the same number of digits.
   */
  public boolean hasScale() {
    return modifier >= 0;
  }
}
