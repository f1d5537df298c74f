package dev.freshet.app.graphql;

import java.util.List;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;

/** A page of stream tables, in the order of their creation. */
@Description("A page of stream tables, in the order of their creation.")
public record StreamTableConnection(
    @NonNull List<@NonNull StreamTableEdge> edges, @NonNull PageEnd pageInfo, long totalCount) {

  static StreamTableConnection of(List<StreamTable> found, Paging paging, long totalCount) {
    List<StreamTableEdge> edges =
        found.stream()
            .limit(paging.size())
            .map(table -> new StreamTableEdge(Paging.cursor(table.getPgtId()), table))
            .toList();
    return new StreamTableConnection(
        edges,
        new PageEnd(
            found.size() > paging.size(), edges.isEmpty() ? null : edges.getLast().cursor()),
        totalCount);
  }
}
