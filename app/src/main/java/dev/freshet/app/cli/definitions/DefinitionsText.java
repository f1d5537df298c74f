package dev.freshet.app.cli.definitions;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.emitter.Emitter;
import org.yaml.snakeyaml.events.DocumentEndEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.ImplicitTuple;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.StreamEndEvent;
import org.yaml.snakeyaml.events.StreamStartEvent;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Definitions as YAML, the same text for the same definitions.
 *
 * <p>Queries are literal blocks, line by line as they were written. The library falls back to one
 * quoted line where a query has a tab or a blank at the end of a line, which many have; so blocks
 * are written here, and by the library whatever cannot be one.
 */
final class DefinitionsText {

  /** Of the file; another number is another meaning. */
  static final int FORMAT = 1;

  private static final String HEADER =
      """
      # Stream tables of Freshet, each after those that it reads.
      format: %d
      """;

  private DefinitionsText() {}

  static String of(List<Definition> definitions) {
    StringBuilder text = new StringBuilder(HEADER.formatted(FORMAT));
    text.append("stream_tables:").append(definitions.isEmpty() ? " []\n" : "\n");
    for (Definition definition : definitions) {
      text.append("  - name: ").append(scalar(definition.name())).append('\n');
      appendQuery(definition.query(), text);
      for (Map.Entry<Setting, String> chosen : definition.settings().entrySet()) {
        Setting setting = chosen.getKey();
        append(
            setting.key(),
            setting == Setting.APPEND_ONLY ? chosen.getValue() : scalar(definition.shown(setting)),
            text);
      }
      switch (definition.publication()) {
        case Publication.None() -> {}
        case Publication.Own() -> append("publication", "true", text);
        case Publication.Named(String name) -> append("publication", scalar(name), text);
      }
    }
    return text.toString();
  }

  private static void append(String key, String value, StringBuilder text) {
    text.append("    ").append(key).append(": ").append(value).append('\n');
  }

  private static void appendQuery(String query, StringBuilder text) {
    if (!query.codePoints().allMatch(DefinitionsText::fitsABlock)) {
      append("query", scalar(query), text);
      return;
    }
    text.append("    query: |-\n");
    query.lines().forEach(line -> text.append(line.isEmpty() ? "" : "      " + line).append('\n'));
  }

  /** Other line breaks would be read as new lines, and the rest cannot be written as it is. */
  private static boolean fitsABlock(int c) {
    boolean breaksLine = c == 0x85 || c == 0x2028 || c == 0x2029;
    return c == '\t'
        || c == '\n'
        || (c >= 0x20 && c <= 0x7E)
        || (c >= 0xA0 && c != 0xFEFF && c < 0xFFFE && !breaksLine)
        || c >= 0x10000;
  }

  /** A text that is read as that text, plain if possible, on one line. */
  private static String scalar(String value) {
    StringWriter written = new StringWriter();
    DumperOptions options = new DumperOptions();
    options.setWidth(Integer.MAX_VALUE);
    options.setSplitLines(false);
    boolean plain = new Resolver().resolve(NodeId.scalar, value, true).equals(Tag.STR);
    ScalarStyle style =
        value.indexOf('\n') >= 0
            ? ScalarStyle.DOUBLE_QUOTED
            : plain ? ScalarStyle.PLAIN : ScalarStyle.SINGLE_QUOTED;
    Emitter emitter = new Emitter(written, options);
    for (Event event :
        List.of(
            new StreamStartEvent(null, null),
            new DocumentStartEvent(null, null, false, null, Map.of()),
            new ScalarEvent(null, null, new ImplicitTuple(plain, true), value, null, null, style),
            new DocumentEndEvent(null, null, false),
            new StreamEndEvent(null, null))) {
      emit(emitter, event);
    }
    return written.toString().strip();
  }

  private static void emit(Emitter emitter, Event event) {
    try {
      emitter.emit(event);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
