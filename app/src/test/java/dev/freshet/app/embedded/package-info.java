/** The embedded server, really started. */
@NullMarked
package dev.freshet.app.embedded;

import org.jspecify.annotations.NullMarked;
