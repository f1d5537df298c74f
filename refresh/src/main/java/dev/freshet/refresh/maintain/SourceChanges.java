package dev.freshet.refresh.maintain;

import dev.freshet.refresh.algebra.RelationName;
import java.util.List;

/**
 * What is to be read of a source that changed.
 *
 * @param buffers that hold its changes
 * @param rows how many changes there are, counted in the snapshot in which they are applied
 */
public record SourceChanges(List<RelationName> buffers, long rows) {
  public SourceChanges {
    buffers = List.copyOf(buffers);
  }
}
