package dev.freshet.refresh.parse;

import dev.freshet.refresh.sql.Position;
import java.nio.charset.StandardCharsets;

/**
 * The parsed text, for translating the parser's byte offsets into characters as PostgreSQL counts
 * them.
 */
final class SourceText {
  private final byte[] bytes;

  SourceText(String sql) {
    bytes = sql.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The character that begins at a byte offset, which is negative when the parser does not know it.
   */
  Position position(int offset) {
    if (offset < 0 || offset > bytes.length) {
      return Position.NONE;
    }
    int characters = 0;
    for (int i = 0; i < offset; i++) {
      // Bytes 10xxxxxx continue a character.
      if ((bytes[i] & 0xC0) != 0x80) {
        characters++;
      }
    }
    return Position.at(characters + 1);
  }
}
