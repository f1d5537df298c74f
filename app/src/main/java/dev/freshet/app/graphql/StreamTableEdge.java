package dev.freshet.app.graphql;

import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;

/** A stream table in a page. */
@Description("A stream table in a page.")
public record StreamTableEdge(@NonNull String cursor, @NonNull StreamTable node) {}
