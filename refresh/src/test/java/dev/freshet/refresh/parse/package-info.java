/** Tests of {@code dev.freshet.refresh.parse}, most of which ask PostgreSQL what a text means. */
@NullMarked
package dev.freshet.refresh.parse;

import org.jspecify.annotations.NullMarked;
