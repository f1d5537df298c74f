/** GraphQL, asked over HTTP of the packaged application. */
@NullMarked
package dev.freshet.app.graphql;

import org.jspecify.annotations.NullMarked;
