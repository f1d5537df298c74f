package dev.freshet.app.graphql;

import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;
import org.jspecify.annotations.Nullable;

/** What {@code refreshStreamTable} answers. */
@Description("A refresh that was asked for.")
public record RequestedRefresh(
    @Nullable @Description("The request's id; null where the answer was waited for.")
        Long requestId,
    @NonNull StreamTable streamTable) {}
