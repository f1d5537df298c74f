package dev.freshet.refresh.rewrite;

import dev.freshet.refresh.delta.OutputColumns;
import dev.freshet.refresh.sql.Select;
import dev.freshet.refresh.sql.Target;
import java.util.List;
import java.util.stream.IntStream;

/** Keeps the names of a SELECT's columns while its expressions become others. */
final class NamedTargets {

  private NamedTargets() {}

  /** The same SELECT with the name of every column written. */
  static Select of(Select select) {
    List<String> names = OutputColumns.of(select);
    List<Target> targets =
        IntStream.range(0, names.size())
            .mapToObj(i -> new Target(select.targets().get(i).expression(), names.get(i)))
            .toList();
    return select.toBuilder().targets(targets).build();
  }
}
