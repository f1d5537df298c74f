package dev.freshet.refresh.capture;

import dev.freshet.catalog.database.Session;
import io.vertx.sqlclient.Row;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Looks at sources' shapes: ALTER, ATTACH, DETACH and DISABLE TRIGGER fire no trigger, and event
 * triggers are not ours to create.
 */
public final class SourceShapes {

  private static final String SHAPES =
      """
      SELECT asked.source::bigint AS source, freshet.source_shape(asked.source, asked.attnums::int2[]) AS shape
      FROM unnest($1::bigint[]::oid[], $2::text[]) AS asked (source, attnums)\
      """;

  private static final String MOVED =
      "SELECT source::bigint FROM freshet.sources_moved($1::bigint[]::oid[]) AS source";

  private SourceShapes() {}

  /**
   * The shapes of sources as the session's snapshot sees them; a source that is gone is left out.
   */
  public static Map<Long, SourceShape> of(
      Session session, Map<Long, ? extends Collection<Integer>> attnumsBySource) {
    List<Long> sources = List.copyOf(attnumsBySource.keySet());
    Map<Long, SourceShape> shapes = new LinkedHashMap<>();
    for (Row row :
        session.execute(
            SHAPES,
            sources.toArray(Long[]::new),
            sources.stream()
                .map(attnumsBySource::get)
                .map(SourceShapes::array)
                .toArray(String[]::new))) {
      String shape = row.getString("shape");
      if (shape != null) {
        shapes.put(row.getLong("source"), SourceShape.parse(shape));
      }
    }
    return shapes;
  }

  /**
   * The sources whose tables are not those that the transaction's snapshot sees: rewritten,
   * truncated, attached or detached since. With any, the transaction must be given up and begun
   * anew. To be asked in a REPEATABLE READ transaction that holds locks on all its sources.
   */
  public static Set<Long> moved(Session session, Collection<Long> sources) {
    Set<Long> moved = new HashSet<>();
    for (Row row : session.execute(MOVED, (Object) sources.toArray(Long[]::new))) {
      moved.add(row.getLong("source"));
    }
    return moved;
  }

  private static String array(Collection<Integer> attnums) {
    return attnums.toString().replace('[', '{').replace(']', '}');
  }
}
