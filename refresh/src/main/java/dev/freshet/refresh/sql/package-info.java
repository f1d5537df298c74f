/**
 * SQL as data: the syntax tree of queries and of the statements that maintain stream tables, and
 * the one renderer.
 *
 * <p>Invariant: a tree is immutable and compared by structure; positions in the text it came from
 * never count. An absent list is empty, an absent name is the empty string (which PostgreSQL does
 * not accept as an identifier), a condition is the list of its conjuncts, and other optional parts
 * are {@link java.util.Optional}. Quoting exists in the renderer and nowhere else. Whatever the
 * tree can hold, the renderer prints so that PostgreSQL reads the same tree back.
 */
@NullMarked
package dev.freshet.refresh.sql;

import org.jspecify.annotations.NullMarked;
