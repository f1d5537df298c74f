package dev.freshet.app.graphql;

import java.util.List;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;

/** A page of refreshes, the latest first. */
@Description("A page of refreshes, the latest first.")
public record RefreshConnection(
    @NonNull List<@NonNull RefreshEdge> edges, @NonNull PageEnd pageInfo) {

  static RefreshConnection of(List<Refresh> found, Paging paging) {
    List<RefreshEdge> edges =
        found.stream()
            .limit(paging.size())
            .map(refresh -> new RefreshEdge(Paging.cursor(refresh.getRefreshId()), refresh))
            .toList();
    return new RefreshConnection(
        edges,
        new PageEnd(
            found.size() > paging.size(), edges.isEmpty() ? null : edges.getLast().cursor()));
  }
}
