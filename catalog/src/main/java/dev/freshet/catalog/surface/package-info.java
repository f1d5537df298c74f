/**
 * The SQL surface in the served database: installing, upgrading and removing it.
 *
 * <p>Invariant: everything of ours lies in the schemas {@code freshet}, {@code freshet_def}, {@code
 * freshet_buffer} and {@code freshet_state}, the stream tables and our triggers excepted; it takes
 * a role with CREATE on the database to install, and nothing is left behind, and nothing of others
 * taken along, when it goes.
 */
@NullMarked
package dev.freshet.catalog.surface;

import org.jspecify.annotations.NullMarked;
