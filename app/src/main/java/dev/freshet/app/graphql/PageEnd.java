package dev.freshet.app.graphql;

import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Type;
import org.jspecify.annotations.Nullable;

/** Where a page ends, and whether there is another. */
@Description("Where a page ends, and whether there is another.")
@Type("PageInfo")
public record PageEnd(boolean hasNextPage, @Nullable String endCursor) {}
