/**
 * Health on the management port: live, ready, started.
 *
 * <p>Invariant: {@code live} asks nothing of the database, since starting anew would not mend that;
 * {@code ready} means that commands and questions are answered now.
 */
@NullMarked
package dev.freshet.app.health;

import org.jspecify.annotations.NullMarked;
