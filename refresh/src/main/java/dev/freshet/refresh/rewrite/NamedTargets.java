package dev.freshet.refresh.rewrite;

import dev.freshet.refresh.delta.OutputColumns;
import dev.freshet.refresh.sql.Select;
import dev.freshet.refresh.sql.Target;
import java.util.List;
import java.util.stream.IntStream;

/** Writes the names of a SELECT's columns, which otherwise come from its expressions. */
final class NamedTargets {

  private NamedTargets() {}

  /** The same SELECT with the name that every column has. */
  static Select of(Select select) {
    return of(select, OutputColumns.of(select));
  }

  /** The same SELECT with other names. */
  static Select of(Select select, List<String> names) {
    List<Target> targets =
        IntStream.range(0, names.size())
            .mapToObj(i -> new Target(select.targets().get(i).expression(), names.get(i)))
            .toList();
    return select.toBuilder().targets(targets).build();
  }
}
