/** Tests of {@code dev.freshet.refresh.sql}. */
@NullMarked
package dev.freshet.refresh.sql;

import org.jspecify.annotations.NullMarked;
