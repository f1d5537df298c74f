package dev.freshet.refresh.sql;

import java.util.List;

/** The expressions that SQL/JSON writes in its own way. */
public sealed interface JsonExpression extends Expression {
  @Override
  JsonExpression mapNodes(NodeMapping mapping);

  /** {@code key : value} of a JSON object. */
  record Entry(Expression key, JsonValue value) {
    /** The same entry over what the mapping makes of its expressions. */
    public Entry mapNodes(NodeMapping mapping) {
      return new Entry(mapping.expression(key), value.mapNodes(mapping));
    }
  }

  /** {@code JSON_OBJECT(entries)}. */
  record ObjectOf(
      List<Entry> entries, boolean absentOnNull, boolean uniqueKeys, JsonReturning returning)
      implements JsonExpression {
    public ObjectOf {
      entries = List.copyOf(entries);
    }

    @Override
    public ObjectOf mapNodes(NodeMapping mapping) {
      return new ObjectOf(
          entries.stream().map(entry -> entry.mapNodes(mapping)).toList(),
          absentOnNull,
          uniqueKeys,
          returning);
    }
  }

  /** {@code JSON_ARRAY(values)}. */
  record ArrayOf(List<JsonValue> values, boolean absentOnNull, JsonReturning returning)
      implements JsonExpression {
    public ArrayOf {
      values = List.copyOf(values);
    }

    @Override
    public ArrayOf mapNodes(NodeMapping mapping) {
      return new ArrayOf(
          values.stream().map(value -> value.mapNodes(mapping)).toList(), absentOnNull, returning);
    }
  }

  /** {@code JSON_ARRAY(query)}. */
  record ArrayOfQuery(Query query, JsonFormat format, JsonReturning returning)
      implements JsonExpression {
    @Override
    public ArrayOfQuery mapNodes(NodeMapping mapping) {
      return new ArrayOfQuery(mapping.query(query), format, returning);
    }
  }

  /** {@code JSON_OBJECTAGG(entry)}. */
  record ObjectAggregate(
      Entry entry,
      boolean absentOnNull,
      boolean uniqueKeys,
      JsonReturning returning,
      CallModifiers modifiers,
      Position position)
      implements JsonExpression {
    @Override
    public ObjectAggregate mapNodes(NodeMapping mapping) {
      return new ObjectAggregate(
          entry.mapNodes(mapping),
          absentOnNull,
          uniqueKeys,
          returning,
          modifiers.mapNodes(mapping),
          position);
    }
  }

  /** {@code JSON_ARRAYAGG(value)}. */
  record ArrayAggregate(
      JsonValue value,
      boolean absentOnNull,
      JsonReturning returning,
      CallModifiers modifiers,
      Position position)
      implements JsonExpression {
    @Override
    public ArrayAggregate mapNodes(NodeMapping mapping) {
      return new ArrayAggregate(
          value.mapNodes(mapping), absentOnNull, returning, modifiers.mapNodes(mapping), position);
    }
  }

  /** {@code operand IS JSON kind WITH UNIQUE KEYS}. */
  record IsJson(Expression operand, Kind kind, boolean uniqueKeys) implements JsonExpression {
    /** What sort of JSON is asked for. */
    public enum Kind {
      ANY,
      OBJECT,
      ARRAY,
      SCALAR
    }

    @Override
    public IsJson mapNodes(NodeMapping mapping) {
      return new IsJson(mapping.expression(operand), kind, uniqueKeys);
    }
  }

  /** {@code JSON(value)}. */
  record Parse(JsonValue value, boolean uniqueKeys) implements JsonExpression {
    @Override
    public Parse mapNodes(NodeMapping mapping) {
      return new Parse(value.mapNodes(mapping), uniqueKeys);
    }
  }

  /** {@code JSON_SCALAR(operand)}. */
  record ScalarOf(Expression operand) implements JsonExpression {
    @Override
    public ScalarOf mapNodes(NodeMapping mapping) {
      return new ScalarOf(mapping.expression(operand));
    }
  }

  /** {@code JSON_SERIALIZE(value)}. */
  record Serialize(JsonValue value, JsonReturning returning) implements JsonExpression {
    @Override
    public Serialize mapNodes(NodeMapping mapping) {
      return new Serialize(value.mapNodes(mapping), returning);
    }
  }

  /** {@code JSON_EXISTS}, {@code JSON_VALUE} or {@code JSON_QUERY (context, path PASSING …)}. */
  record PathCall(
      Function function,
      JsonValue context,
      Expression path,
      List<JsonPassing> passing,
      JsonReturning returning,
      JsonOptions options)
      implements JsonExpression {
    /** Which of the three. */
    public enum Function {
      JSON_EXISTS,
      JSON_VALUE,
      JSON_QUERY
    }

    public PathCall {
      passing = List.copyOf(passing);
    }

    @Override
    public PathCall mapNodes(NodeMapping mapping) {
      return new PathCall(
          function,
          context.mapNodes(mapping),
          mapping.expression(path),
          passing.stream().map(variable -> variable.mapNodes(mapping)).toList(),
          returning,
          options.mapNodes(mapping));
    }
  }
}
