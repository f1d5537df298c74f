/**
 * What commands have in common, whichever way they come in.
 *
 * <p>Invariant: a command is one of our SQL functions, which checks and decides; nothing here does.
 */
@NullMarked
package dev.freshet.app.command;

import org.jspecify.annotations.NullMarked;
