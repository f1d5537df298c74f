package dev.freshet.catalog.log;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * The JSON of an event, read and written by key. A missing key that must be there is an error that
 * names it.
 */
final class Payload {

  // Exact decimals: a number must come out as it went in.
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private final ObjectNode node;

  private Payload(ObjectNode node) {
    this.node = requireNonNull(node);
  }

  static Payload empty() {
    return new Payload(JSON.createObjectNode());
  }

  static Payload of(JsonNode node) {
    if (node instanceof ObjectNode object) {
      return new Payload(object);
    }
    throw new IllegalArgumentException("not a JSON object: " + node);
  }

  static Payload parse(String json) {
    return of(parseNode(json));
  }

  static JsonNode parseNode(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException malformed) {
      throw new IllegalArgumentException("not JSON: " + json, malformed);
    }
  }

  ObjectNode node() {
    return node;
  }

  /** The value, unless it is missing or null. */
  Optional<JsonNode> find(String key) {
    return Optional.ofNullable(node.get(key)).filter(value -> !value.isNull());
  }

  JsonNode get(String key) {
    return find(key)
        .orElseThrow(() -> new IllegalArgumentException("\"" + key + "\" is missing in " + node));
  }

  String text(String key) {
    return get(key).asText();
  }

  Optional<String> findText(String key) {
    return find(key).map(JsonNode::asText);
  }

  boolean flag(String key) {
    return find(key).map(JsonNode::asBoolean).orElse(false);
  }

  /** A whole number; PostgreSQL writes an oid as a string. */
  long number(String key) {
    return longOf(get(key));
  }

  OptionalLong findNumber(String key) {
    return find(key).map(value -> OptionalLong.of(longOf(value))).orElse(OptionalLong.empty());
  }

  static long longOf(JsonNode value) {
    return new BigDecimal(value.asText()).longValueExact();
  }

  OptionalDouble findDouble(String key) {
    return find(key)
        .map(value -> OptionalDouble.of(value.doubleValue()))
        .orElse(OptionalDouble.empty());
  }

  Instant instant(String key) {
    return instantOf(text(key));
  }

  Optional<Instant> findInstant(String key) {
    return findText(key).map(Payload::instantOf);
  }

  private static Instant instantOf(String text) {
    return OffsetDateTime.parse(text).toInstant();
  }

  /** A duration that is written in milliseconds, with a fraction. */
  Duration milliseconds(String key) {
    return find(key)
        .map(value -> Duration.ofNanos(value.decimalValue().movePointRight(6).longValue()))
        .orElse(Duration.ZERO);
  }

  Payload put(String key, String value) {
    node.put(key, value);
    return this;
  }

  Payload put(String key, long value) {
    node.put(key, value);
    return this;
  }

  Payload put(String key, boolean value) {
    node.put(key, value);
    return this;
  }

  Payload put(String key, double value) {
    node.put(key, value);
    return this;
  }

  Payload put(String key, Instant value) {
    node.put(key, value.toString());
    return this;
  }

  Payload put(String key, Duration value) {
    node.put(key, BigDecimal.valueOf(value.toNanos(), 6));
    return this;
  }

  Payload put(String key, JsonNode value) {
    node.set(key, value);
    return this;
  }

  @Override
  public String toString() {
    return node.toString();
  }
}
