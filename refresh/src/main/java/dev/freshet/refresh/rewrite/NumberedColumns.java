package dev.freshet.refresh.rewrite;

import dev.freshet.refresh.delta.OutputColumns;
import dev.freshet.refresh.sql.Alias;
import dev.freshet.refresh.sql.Query;
import dev.freshet.refresh.sql.Select;
import dev.freshet.refresh.sql.Star;
import dev.freshet.refresh.sql.SubqueryItem;
import java.util.List;
import java.util.stream.IntStream;

/** A query under names of ours, c1, c2 and so on, since several of its own may be the same. */
final class NumberedColumns {

  private NumberedColumns() {}

  static List<String> of(Query query) {
    return IntStream.rangeClosed(1, OutputColumns.of(query).size()).mapToObj(i -> "c" + i).toList();
  }

  /** The query as an item of FROM, {@code q}. */
  static SubqueryItem item(Query query) {
    return new SubqueryItem(query, false, new Alias("q", of(query)));
  }

  /** {@code SELECT q.* FROM (query) AS q (c1, c2, …)}. */
  static Select query(Query query) {
    return Select.builder().target(new Star(List.of("q"))).from(item(query)).build();
  }
}
