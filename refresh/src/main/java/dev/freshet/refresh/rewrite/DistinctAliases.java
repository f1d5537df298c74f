package dev.freshet.refresh.rewrite;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.refresh.sql.AliasRewriter;
import dev.freshet.refresh.sql.FromItem;
import dev.freshet.refresh.sql.Query;
import dev.freshet.refresh.sql.TreeRewriter;
import java.util.HashSet;
import java.util.Set;

/**
 * Gives a relation another alias where a query around it has one of the same.
 *
 * <p>After that a qualified column means the same relation wherever below its query it stands, so
 * that it can be replaced by name alone. PostgreSQL prints one view so that this holds; but a view
 * whose query was put in the place of its name has aliases of its own: replacing {@code
 * customers.id} of the query would replace it inside the view, too.
 */
final class DistinctAliases extends AliasRewriter {

  /** Longer names would be cut off by PostgreSQL once they have a number. */
  private static final int NAME_BYTES_MAX = 50;

  private final Set<String> taken = new HashSet<>();

  private DistinctAliases() {}

  static Query in(Query query) {
    DistinctAliases aliases = new DistinctAliases();
    new TreeRewriter() {
      @Override
      public FromItem fromItem(FromItem item) {
        aliases.taken.addAll(namesIn(item));
        return super.fromItem(item);
      }
    }.query(query);
    return aliases.query(query);
  }

  @Override
  protected String renamed(String name) {
    if (!isTakenAround(name)) {
      return name;
    }
    String base = name.getBytes(UTF_8).length > NAME_BYTES_MAX ? "relation" : name;
    int number = 1;
    while (!taken.add(base + "_" + number)) {
      number++;
    }
    return base + "_" + number;
  }
}
