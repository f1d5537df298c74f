package dev.freshet.refresh.parse;

import dev.freshet.refresh.sql.Frame;
import dev.freshet.refresh.sql.Window;
import java.util.Optional;

/** Reads windows and their frames, which the parser encodes in bits. */
final class WindowReader {
  private static final int NON_DEFAULT = 0x1;
  private static final int RANGE = 0x2;
  private static final int ROWS = 0x4;
  private static final int BETWEEN = 0x10;
  private static final int START_UNBOUNDED_PRECEDING = 0x20;
  private static final int END_UNBOUNDED_FOLLOWING = 0x100;
  private static final int START_CURRENT_ROW = 0x200;
  private static final int END_CURRENT_ROW = 0x400;
  private static final int START_PRECEDING = 0x800;
  private static final int END_PRECEDING = 0x1000;
  private static final int START_FOLLOWING = 0x2000;
  private static final int END_FOLLOWING = 0x4000;
  private static final int EXCLUDE_CURRENT_ROW = 0x8000;
  private static final int EXCLUDE_GROUP = 0x10000;
  private static final int EXCLUDE_TIES = 0x20000;

  private final TreeReader tree;

  WindowReader(TreeReader tree) {
    this.tree = tree;
  }

  /** What follows OVER. */
  Window read(ParseNode node) {
    String name = node.text("name");
    if (!name.isEmpty()) {
      return node.ignoring("frameOptions").complete(new Window.Named(name));
    }
    return node.complete(definition(node));
  }

  /** An entry of the WINDOW clause. */
  Window.Declaration declaration(ParseNode node) {
    node.require("WindowDef");
    return node.complete(new Window.Declaration(node.text("name"), definition(node)));
  }

  private Window.Definition definition(ParseNode node) {
    return new Window.Definition(
        node.text("refname"),
        tree.expressions().readAll(node.nodes("partitionClause")),
        tree.calls().sortKeys(node.nodes("orderClause")),
        frame(node, node.number("frameOptions")));
  }

  private Optional<Frame> frame(ParseNode node, int bits) {
    if ((bits & NON_DEFAULT) == 0) {
      return Optional.empty();
    }
    Frame.Bound start = start(node, bits);
    Optional<Frame.Bound> end =
        (bits & BETWEEN) == 0 ? Optional.empty() : Optional.of(end(node, bits));
    return Optional.of(new Frame(unit(bits), start, end, exclusion(bits)));
  }

  private static Frame.Unit unit(int bits) {
    if ((bits & ROWS) != 0) {
      return Frame.Unit.ROWS;
    }
    return (bits & RANGE) != 0 ? Frame.Unit.RANGE : Frame.Unit.GROUPS;
  }

  private Frame.Bound start(ParseNode node, int bits) {
    return switch (bits
        & (START_UNBOUNDED_PRECEDING | START_CURRENT_ROW | START_PRECEDING | START_FOLLOWING)) {
      case START_UNBOUNDED_PRECEDING -> new Frame.UnboundedPreceding();
      case START_CURRENT_ROW -> new Frame.CurrentRow();
      case START_PRECEDING ->
          new Frame.Preceding(tree.expressions().read(node.node("startOffset")));
      case START_FOLLOWING ->
          new Frame.Following(tree.expressions().read(node.node("startOffset")));
      default -> throw node.unsupported("with another frame start");
    };
  }

  private Frame.Bound end(ParseNode node, int bits) {
    return switch (bits
        & (END_UNBOUNDED_FOLLOWING | END_CURRENT_ROW | END_PRECEDING | END_FOLLOWING)) {
      case END_UNBOUNDED_FOLLOWING -> new Frame.UnboundedFollowing();
      case END_CURRENT_ROW -> new Frame.CurrentRow();
      case END_PRECEDING -> new Frame.Preceding(tree.expressions().read(node.node("endOffset")));
      case END_FOLLOWING -> new Frame.Following(tree.expressions().read(node.node("endOffset")));
      default -> throw node.unsupported("with another frame end");
    };
  }

  private static Frame.Exclusion exclusion(int bits) {
    return switch (bits & (EXCLUDE_CURRENT_ROW | EXCLUDE_GROUP | EXCLUDE_TIES)) {
      case EXCLUDE_CURRENT_ROW -> Frame.Exclusion.CURRENT_ROW;
      case EXCLUDE_GROUP -> Frame.Exclusion.GROUP;
      case EXCLUDE_TIES -> Frame.Exclusion.TIES;
      default -> Frame.Exclusion.NO_OTHERS;
    };
  }
}
