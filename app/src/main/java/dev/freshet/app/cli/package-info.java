/**
 * The command line: parsed before anything else, so that help and mistakes are answered at once.
 *
 * <p>Invariant: a command ends with 0, with 1 and one line on the standard error that says what is
 * wrong, or with 2 for wrong usage; no password is ever printed.
 */
@NullMarked
package dev.freshet.app.cli;

import org.jspecify.annotations.NullMarked;
