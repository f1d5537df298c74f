package dev.freshet.refresh.parse;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** The parser's output: the JSON of a list of statements. */
final class ParseTree {
  private static final int NESTING_MAX = 100_000;

  private static final ObjectMapper JSON =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder()
                      .maxNestingDepth(NESTING_MAX)
                      .maxStringLength(Integer.MAX_VALUE)
                      .build())
              .build());

  private ParseTree() {}

  /** The one statement of the text. */
  static ParseNode statement(String sql, String json) {
    JsonNode statements = read(json).path("stmts");
    if (statements.size() != 1) {
      throw new SqlSyntaxException("one query is wanted, not " + statements.size(), 1);
    }
    return ParseNode.wrapped(new SourceText(sql), statements.get(0).path("stmt"));
  }

  private static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("the parser returned malformed JSON", impossible);
    }
  }
}
