package dev.freshet.refresh.maintain;

import dev.freshet.refresh.algebra.Stage;
import dev.freshet.refresh.sql.Sql;
import dev.freshet.refresh.sql.SqlRenderer;
import java.util.List;
import java.util.stream.Collectors;

/** Removes the inner stages that an earlier definition left behind. */
final class StageDrops {

  private StageDrops() {}

  static String butFor(long pgtId, List<Stage> kept) {
    String names =
        kept.stream()
            .map(stage -> SqlRenderer.render(Sql.text(stage.table().name())))
            .collect(Collectors.joining(", ", "ARRAY[", "]::text[]"));
    return "SELECT freshet.drop_stages(%d, %s)".formatted(pgtId, names);
  }
}
