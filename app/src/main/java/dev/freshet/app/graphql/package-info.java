/**
 * GraphQL at {@code /graphql}: the words of the SQL surface, in camelCase.
 *
 * <p>Invariant: nothing is decided here. Queries read the views, mutations call the SQL functions,
 * and what the database refuses arrives with its SQLSTATE, hint and position.
 */
@NullMarked
package dev.freshet.app.graphql;

import org.jspecify.annotations.NullMarked;
