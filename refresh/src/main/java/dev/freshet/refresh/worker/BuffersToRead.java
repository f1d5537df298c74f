package dev.freshet.refresh.worker;

import dev.freshet.catalog.database.Session;
import dev.freshet.refresh.algebra.RelationName;
import dev.freshet.refresh.capture.ChangeBuffer;
import dev.freshet.refresh.capture.ChangeBuffers;
import dev.freshet.refresh.maintain.SourceChanges;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the buffers that hold what is new. Only generations with something new in them are read; a
 * generation without a column that the reader needs means FULL.
 */
final class BuffersToRead {

  private final Session session;
  private final MaintainedTables plans;

  BuffersToRead(Session session, MaintainedTables plans) {
    this.session = session;
    this.plans = plans;
  }

  /** What to read by source; empty if changes are in one that cannot be read. */
  Optional<Map<Long, SourceChanges>> of(MaintainedTable table, List<SourceRow> sources) {
    Map<Long, SourceChanges> changes = new HashMap<>();
    for (SourceRow source : sources) {
      if (source.pending().changes() > 0) {
        Optional<List<RelationName>> found = buffersOf(table, source);
        if (found.isEmpty()) {
          return Optional.empty();
        }
        changes.put(source.relid(), new SourceChanges(found.get(), source.pending().changes()));
      }
    }
    return Optional.of(changes);
  }

  private Optional<List<RelationName>> buffersOf(MaintainedTable table, SourceRow source) {
    Set<Integer> pending = source.pending().generations();
    Map<Integer, RelationName> known = plans.buffersOf(table, source.relid());
    if (!known.keySet().containsAll(pending)) {
      for (ChangeBuffer buffer :
          ChangeBuffers.of(session, source.relid(), table.attnumsOf(source.relid()))) {
        known.put(buffer.generation(), new RelationName(buffer.schema(), buffer.name()));
      }
    }
    return known.keySet().containsAll(pending)
        ? Optional.of(pending.stream().sorted().map(known::get).toList())
        : Optional.empty();
  }
}
