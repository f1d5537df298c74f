package dev.freshet.app.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A page of the documentation, in Markdown. */
public record Page(Path path, List<String> lines) {

  private static final String FENCE = "```";
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  /**
   * A fenced block.
   *
   * @param language as written behind the fence; may be empty
   * @param line where it begins, counted from 1
   */
  public record Block(String language, int line, List<String> lines) {
    public String text() {
      return String.join("\n", lines);
    }
  }

  /** A row of a table. */
  record Row(List<String> cells) {
    String cell(int place) {
      return cells.get(place);
    }

    /** What stands in back quotes in a cell. */
    List<String> codes(int place) {
      return CODE.matcher(cell(place)).results().map(found -> found.group(1)).toList();
    }
  }

  static Path root() {
    Path directory = Path.of("").toAbsolutePath();
    while (!Files.exists(directory.resolve("README.md"))
        || !Files.isDirectory(directory.resolve("docs"))) {
      Path parent = directory.getParent();
      if (parent == null) {
        throw new IllegalStateException(
            "the documentation is not found above the working directory");
      }
      directory = parent;
    }
    return directory;
  }

  public static Page read(String name) throws IOException {
    Path path = root().resolve(name);
    return new Page(path, Files.readAllLines(path));
  }

  /** The README and the pages beside it. */
  static List<String> all() throws IOException {
    try (Stream<Path> pages = Files.list(root().resolve("docs"))) {
      return Stream.concat(
              Stream.of("README.md"),
              pages
                  .map(page -> "docs/" + page.getFileName())
                  .filter(name -> name.endsWith(".md"))
                  .sorted())
          .toList();
    }
  }

  public List<Block> blocks() {
    List<Block> blocks = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith(FENCE)) {
        int end = i + 1;
        while (!lines.get(end).equals(FENCE)) {
          end++;
        }
        blocks.add(
            new Block(
                lines.get(i).substring(FENCE.length()),
                i + 1,
                List.copyOf(lines.subList(i + 1, end))));
        i = end;
      }
    }
    return blocks;
  }

  /** Whether nothing but blank lines stands between two blocks. */
  boolean isAdjacent(Block first, Block second) {
    return lines.subList(first.line() + first.lines().size() + 1, second.line() - 1).stream()
        .allMatch(String::isBlank);
  }

  /** The rows of the tables under a heading, without the heads. */
  List<Row> rowsUnder(String heading) {
    int begin = lines.indexOf(heading);
    if (begin < 0) {
      throw new IllegalArgumentException("%s has no %s".formatted(path, heading));
    }
    String level = heading.substring(0, heading.indexOf(' ') + 1);
    List<String> section =
        lines.subList(begin + 1, lines.size()).stream()
            .takeWhile(line -> !line.startsWith(level))
            .toList();
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < section.size(); i++) {
      boolean isHead = i + 1 < section.size() && section.get(i + 1).startsWith("|--");
      if (section.get(i).startsWith("|") && !section.get(i).startsWith("|--") && !isHead) {
        rows.add(row(section.get(i)));
      }
    }
    return rows;
  }

  private static Row row(String line) {
    String inner = line.strip();
    return new Row(
        Pattern.compile("(?<!\\\\)\\|")
            .splitAsStream(inner.substring(1, inner.length() - 1))
            .map(String::strip)
            .toList());
  }

  /** The words of a cell that match. */
  static List<String> words(String cell, Pattern pattern) {
    return pattern.matcher(cell).results().map(MatchResult::group).toList();
  }
}
