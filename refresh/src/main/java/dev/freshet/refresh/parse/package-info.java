/**
 * From canonical SQL text to the tree of {@link dev.freshet.refresh.sql}, by PostgreSQL's own
 * grammar: libpg_query, compiled to WebAssembly and from there to class files in the build.
 *
 * <p>Invariant: the tree says all that the text says. What the tree cannot hold is refused with its
 * name and position ({@link dev.freshet.refresh.parse.UnsupportedSyntaxException}), never left out:
 * every field of a parse node is either read or has its default value.
 */
@NullMarked
package dev.freshet.refresh.parse;

import org.jspecify.annotations.NullMarked;
