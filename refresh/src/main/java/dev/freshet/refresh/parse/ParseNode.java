package dev.freshet.refresh.parse;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.refresh.sql.Position;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A node of PostgreSQL's parse tree, read field by field. {@link #complete} ends the reading and
 * refuses the node if a field with something in it was not looked at.
 */
final class ParseNode {
  private final SourceText source;
  private final String kind;
  private final JsonNode fields;
  private final Set<String> unread = new HashSet<>();

  ParseNode(SourceText source, String kind, JsonNode fields) {
    this.source = source;
    this.kind = kind;
    this.fields = fields;
    for (Map.Entry<String, JsonNode> field : fields.properties()) {
      if (!isDefault(field.getValue())) {
        unread.add(field.getKey());
      }
    }
    unread.remove("location");
  }

  /** A node that names its kind: {@code {"ColumnRef": {…}}}. */
  static ParseNode wrapped(SourceText source, JsonNode wrapper) {
    Set<Map.Entry<String, JsonNode>> entries = wrapper.properties();
    if (entries.size() != 1) {
      throw new IllegalStateException("a parse node has one kind, not " + entries.size());
    }
    Map.Entry<String, JsonNode> entry = entries.iterator().next();
    return new ParseNode(source, entry.getKey(), entry.getValue());
  }

  private static boolean isDefault(JsonNode value) {
    return switch (value.getNodeType()) {
      case BOOLEAN -> !value.booleanValue();
      case NUMBER -> value.intValue() == 0 || value.intValue() == -1;
      case STRING -> value.textValue().isEmpty();
      case ARRAY -> value.isEmpty();
      case OBJECT, NULL, BINARY, MISSING, POJO -> false;
    };
  }

  String kind() {
    return kind;
  }

  Position position() {
    return source.position(fields.path("location").asInt(-1));
  }

  /** Whether the field has something in it. */
  boolean has(String field) {
    JsonNode value = fields.path(field);
    return !value.isMissingNode() && !isDefault(value);
  }

  /** A string or the name of an enumeration constant; empty when there is none. */
  String text(String field) {
    return value(field).asText("");
  }

  boolean flag(String field) {
    return value(field).asBoolean(false);
  }

  int number(String field) {
    return value(field).asInt(0);
  }

  /** Takes note of a field that says nothing beyond what the other fields say. */
  ParseNode ignoring(String... names) {
    unread.removeAll(Set.of(names));
    return this;
  }

  /** A field that holds any node. */
  ParseNode node(String field) {
    return optionalNode(field).orElseThrow(() -> unsupported("without " + field));
  }

  Optional<ParseNode> optionalNode(String field) {
    JsonNode value = value(field);
    return isNothing(value) ? Optional.empty() : Optional.of(wrapped(source, value));
  }

  /** A field that holds a node of the given kind and therefore does not name it. */
  ParseNode part(String field, String partKind) {
    return optionalPart(field, partKind).orElseThrow(() -> unsupported("without " + field));
  }

  Optional<ParseNode> optionalPart(String field, String partKind) {
    JsonNode value = value(field);
    return value.isMissingNode()
        ? Optional.empty()
        : Optional.of(new ParseNode(source, partKind, value));
  }

  /** A list of nodes. */
  List<ParseNode> nodes(String field) {
    List<ParseNode> nodes = new ArrayList<>();
    for (JsonNode element : value(field)) {
      if (isNothing(element)) {
        throw unsupported("with a gap in " + field);
      }
      nodes.add(wrapped(source, element));
    }
    return nodes;
  }

  /** The nodes of a list whose places may be empty. */
  List<ParseNode> presentNodes(String field) {
    List<ParseNode> nodes = new ArrayList<>();
    for (JsonNode element : value(field)) {
      if (!isNothing(element)) {
        nodes.add(wrapped(source, element));
      }
    }
    return nodes;
  }

  /** A list of strings. */
  List<String> names(String field) {
    return nodes(field).stream().map(ParseNode::string).toList();
  }

  /** The value of a String node. */
  String string() {
    require("String");
    return complete(text("sval"));
  }

  /** Refuses the node unless it is of the given kind. */
  void require(String wanted) {
    if (!kind.equals(wanted)) {
      throw unsupported("instead of " + wanted);
    }
  }

  /** The result of reading the node, once everything in it has been read. */
  <T> T complete(T result) {
    if (!unread.isEmpty()) {
      throw unsupported("with " + String.join(", ", unread));
    }
    return result;
  }

  UnsupportedSyntaxException unsupported(String detail) {
    return new UnsupportedSyntaxException((kind + " " + detail).strip(), position());
  }

  private JsonNode value(String field) {
    unread.remove(field);
    return fields.path(field);
  }

  private static boolean isNothing(JsonNode value) {
    return value.isMissingNode() || value.isNull() || (value.isObject() && value.isEmpty());
  }
}
