package dev.freshet.app.rules;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects the methods and constructors of a source.
 *
 * <p>Not the constructors of records: what they take is the shape of the thing that the record
 * states.
 */
final class Methods extends TreeScanner<@Nullable Void, Tree.Kind> {

  private final List<MethodTree> found = new ArrayList<>();

  private Methods() {}

  static List<MethodTree> of(Source source) {
    Methods methods = new Methods();
    methods.scan(source.unit(), Tree.Kind.COMPILATION_UNIT);
    return List.copyOf(methods.found);
  }

  @Override
  public @Nullable Void visitClass(ClassTree type, Tree.Kind outer) {
    return super.visitClass(type, type.getKind());
  }

  @Override
  public @Nullable Void visitMethod(MethodTree method, Tree.Kind declaredIn) {
    boolean constructor = method.getReturnType() == null;
    if (!(constructor && declaredIn == Tree.Kind.RECORD)) {
      found.add(method);
    }
    return super.visitMethod(method, declaredIn);
  }
}
