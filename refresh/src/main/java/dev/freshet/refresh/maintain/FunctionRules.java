package dev.freshet.refresh.maintain;

import dev.freshet.refresh.algebra.Catalog.Function;
import dev.freshet.refresh.algebra.Catalog.Volatility;
import dev.freshet.refresh.algebra.RelationName;
import dev.freshet.refresh.delta.Clock;
import dev.freshet.refresh.maintain.CatalogFacts.Refusal;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which functions leave a delta right.
 *
 * <p>IMMUTABLE ones do, and those STABLE ones of PostgreSQL that depend on nothing but their
 * arguments and the settings that are recorded with the stream table. Named here are the latter:
 * what is not known to be safe is not.
 */
final class FunctionRules {

  private static final String BUILT_IN = "pg_catalog";

  private static final Set<String> SAFE =
      Set.of(
          "to_char",
          "to_date",
          "to_timestamp",
          "to_number",
          "date",
          "timestamp",
          "timestamptz",
          "time",
          "timetz",
          "date_part",
          "date_trunc",
          "date_bin",
          "date_add",
          "date_subtract",
          "extract",
          "timezone",
          "generate_series",
          "concat",
          "concat_ws",
          "format",
          "textanycat",
          "anytextcat",
          "array_to_string",
          "to_json",
          "to_jsonb",
          "row_to_json",
          "array_to_json",
          "json_build_object",
          "json_build_array",
          "jsonb_build_object",
          "jsonb_build_array",
          "json_agg",
          "jsonb_agg",
          "json_object_agg",
          "jsonb_object_agg",
          "json_agg_strict",
          "jsonb_agg_strict",
          "json_object_agg_strict",
          "json_object_agg_unique",
          "json_object_agg_unique_strict",
          "jsonb_object_agg_strict",
          "jsonb_object_agg_unique",
          "jsonb_object_agg_unique_strict",
          "json_populate_record",
          "jsonb_populate_record",
          "json_populate_recordset",
          "jsonb_populate_recordset",
          "json_to_record",
          "jsonb_to_record",
          "json_to_recordset",
          "jsonb_to_recordset",
          "jsonb_path_exists_tz",
          "jsonb_path_query_tz",
          "jsonb_path_query_array_tz",
          "jsonb_path_query_first_tz",
          "jsonb_path_match_tz",
          "overlaps",
          "quote_nullable",
          "quote_literal",
          "numeric",
          "money",
          "cash_out",
          "string_agg",
          "array_agg",
          "enum_first",
          "enum_last",
          "enum_range",
          "record_out",
          "array_out",
          "in_range",
          "unistr",
          "make_timestamptz",
          "length",
          "octet_length");

  private static final Pattern SAFE_FORM =
      Pattern.compile(
          "(date|timestamp|timestamptz|interval)_[a-z_]+|[a-z]+_timestamptz|timestamptz_[a-z_]+");

  private FunctionRules() {}

  /** The reason against a function; empty if it is harmless. */
  static Optional<Refusal> against(RelationName name, Function function, int arguments) {
    if (function.volatility() == Volatility.IMMUTABLE) {
      return Optional.empty();
    }
    if (function.volatility() == Volatility.VOLATILE) {
      return Optional.of(
          new Refusal(
              "volatile_function",
              "%s() is VOLATILE: it gives other values each time".formatted(name.name()),
              true));
    }
    if (!name.schema().equals(BUILT_IN)) {
      return Optional.of(
          new Refusal(
              "stable_function",
              "%s.%s() is STABLE and may read tables whose changes are not seen; declare it IMMUTABLE if it reads none"
                  .formatted(name.schema(), name.name()),
              true));
    }
    return builtIn(name.name(), arguments);
  }

  private static Optional<Refusal> builtIn(String name, int arguments) {
    if (name.equals("statement_timestamp")) {
      return Optional.of(
          new Refusal(
              "depends_on_time",
              "statement_timestamp() is another one in every statement of a refresh; write now()",
              true));
    }
    boolean safe =
        isClock(new RelationName(BUILT_IN, name), arguments)
            || SAFE.contains(name)
            || name.equals("age")
            || SAFE_FORM.matcher(name).matches();
    return safe
        ? Optional.empty()
        : Optional.of(
            new Refusal(
                "stable_function",
                "%s() depends on more than its arguments".formatted(name),
                true));
  }

  /** Whether a function asks for the time of the transaction, which stands still in a refresh. */
  static boolean isClock(RelationName name, int arguments) {
    return name.schema().equals(BUILT_IN) && Clock.isFunction(name.name(), arguments);
  }
}
