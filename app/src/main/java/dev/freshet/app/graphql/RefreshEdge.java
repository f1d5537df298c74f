package dev.freshet.app.graphql;

import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;

/** A refresh in a page. */
@Description("A refresh in a page.")
public record RefreshEdge(@NonNull String cursor, @NonNull Refresh node) {}
