package dev.freshet.app.rules;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** A Java file as the compiler parses it, and where its parts lie. */
record Source(Path path, CompilationUnitTree unit, SourcePositions positions) {

  static List<Source> parse(List<Path> paths) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  files,
                  null,
                  List.of("-proc:none"),
                  null,
                  files.getJavaFileObjectsFromPaths(paths));
      SourcePositions positions = Trees.instance(task).getSourcePositions();
      List<Source> sources = new ArrayList<>();
      for (CompilationUnitTree unit : task.parse()) {
        sources.add(new Source(Path.of(unit.getSourceFile().toUri()), unit, positions));
      }
      return List.copyOf(sources);
    }
  }

  /** The lines from the first to the last character of a part; its Javadoc lies before it. */
  long lines(Tree part) {
    LineMap lines = unit.getLineMap();
    return lines.getLineNumber(positions.getEndPosition(unit, part))
        - lines.getLineNumber(positions.getStartPosition(unit, part))
        + 1;
  }

  /** Where a part begins, as editors understand it. */
  String at(Tree part) {
    long line = unit.getLineMap().getLineNumber(positions.getStartPosition(unit, part));
    return Module.root().relativize(path) + ":" + line;
  }
}
