package dev.freshet.refresh.sql;

import java.util.Map;
import java.util.stream.Collectors;

/** Prints types, those of PostgreSQL itself under their SQL names. */
final class TypePrinter {
  private static final Map<String, String> FIXED =
      Map.ofEntries(
          Map.entry("bool", "boolean"),
          Map.entry("int2", "smallint"),
          Map.entry("int4", "integer"),
          Map.entry("int8", "bigint"),
          Map.entry("float4", "real"),
          Map.entry("float8", "double precision"),
          Map.entry("interval", "interval"),
          Map.entry("text", "text"),
          Map.entry("date", "date"),
          Map.entry("uuid", "uuid"),
          Map.entry("jsonb", "jsonb"));

  private static final Map<String, Modifiable> MODIFIABLE =
      Map.of(
          "numeric", new Modifiable("numeric", ""),
          "varchar", new Modifiable("character varying", ""),
          "varbit", new Modifiable("bit varying", ""),
          "timestamp", new Modifiable("timestamp", " without time zone"),
          "timestamptz", new Modifiable("timestamp", " with time zone"),
          "time", new Modifiable("time", " without time zone"),
          "timetz", new Modifiable("time", " with time zone"));

  private final Printer printer;

  TypePrinter(Printer printer) {
    this.printer = printer;
  }

  /** A type whose SQL name takes the modifiers of the catalog's type unchanged. */
  private record Modifiable(String before, String after) {}

  String print(TypeName type) {
    return name(type) + "[]".repeat(type.dimensions());
  }

  private String name(TypeName type) {
    if (type.path().size() == 2 && type.path().getFirst().equals("pg_catalog")) {
      String name = type.path().getLast();
      Modifiable modifiable = MODIFIABLE.get(name);
      if (modifiable != null) {
        return modifiable.before() + modifiers(type) + modifiable.after();
      }
      String fixed = FIXED.get(name);
      if (fixed != null && type.modifiers().isEmpty()) {
        return fixed;
      }
    }
    return Quoting.path(type.path()) + modifiers(type);
  }

  private String modifiers(TypeName type) {
    return type.modifiers().isEmpty()
        ? ""
        : type.modifiers().stream()
            .map(printer.expressions()::operand)
            .collect(Collectors.joining(", ", "(", ")"));
  }
}
