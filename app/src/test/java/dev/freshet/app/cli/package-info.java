/** The command line, run in this process. */
@NullMarked
package dev.freshet.app.cli;

import org.jspecify.annotations.NullMarked;
